package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.butThenSilence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of HTTP/1.1 that goes while its service thinks: nothing is written then that would fail. */
class ClientGoneTest {

    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";

    private ScriptedUpstream upstream;
    private Proxied proxied;
    private HttpListener listener;

    @BeforeEach
    void start() {
        upstream = new ScriptedUpstream(butThenSilence(""));
        proxied = Proxied.to(upstream);
        listener = proxied.listen();
    }

    @AfterEach
    void stop() {
        listener.close();
        proxied.close();
        upstream.close();
    }

    @Test
    void endsTheCallWhenItCloses() {
        asking(GET).close();

        await().until(() -> upstream.ended() == 1);
    }

    @Test
    void endsTheCallWhenItResetsAfterAnUpload() {
        asking("POST / HTTP/1.1\nHost: a\nContent-Length: 2\n\nhi").abort();

        await().until(() -> upstream.ended() == 1);
    }

    /** As nginx, Envoy and Go have it: who sends no more while he waits has given up. */
    @Test
    void tellsAClientThatStillReadsWhyItGetsNoAnswer() {
        try (var client = asking(GET)) {
            client.endOutput();

            var answer = client.answer();
            assertThat(answer.status()).isEqualTo(499);
            assertThat(answer.body()).contains("client-gone");
        }
    }

    @Test
    void endsAStreamThatSaysNothing() {
        stop();
        upstream = new ScriptedUpstream(butThenSilence("HTTP/1.1 200 OK\n\ndata: 1\n\n"));
        proxied = Proxied.to(upstream);
        listener = proxied.listen();
        var client = asking(GET);
        assertThat(client.head().status()).isEqualTo(200);
        client.close();

        await().until(() -> upstream.ended() == 1);
    }

    private RawClient asking(String request) {
        int before = upstream.requests().size();
        var client = new RawClient(listener.port()).send(request);
        await().until(() -> upstream.requests().size() > before);
        return client;
    }
}
