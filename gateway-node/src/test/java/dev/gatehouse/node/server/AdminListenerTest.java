package dev.gatehouse.node.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminListenerTest {

    private volatile Readiness readiness = new Readiness(
            true,
            "ready",
            42,
            List.of(
                    new Readiness.Check("database", true, "Read 0.4 s ago."),
                    new Readiness.Check("redis", false, "No \"answer\".")));
    private final AdminListener admin = AdminListener.start(
            "127.0.0.1",
            0,
            () -> readiness,
            () -> new Response(200, new Headers(), Body.of("one 1\n".getBytes(UTF_8))));

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void isLiveWhileTheProcessWorks() {
        assertThat(get("/live").status()).isEqualTo(200);
    }

    @Test
    void saysWhatReadinessRestsOn() {
        var answer = get("/ready");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body()).isEqualTo("""
                        {"state":"ready","revision":42,"checks":[{"name":"database","ok":true,\
                        "detail":"Read 0.4 s ago."},{"name":"redis","ok":false,"detail":"No \\"answer\\"."}]}""");
    }

    @Test
    void isNotReadyBeforeThereIsAConfigurationNorWhileItDrains() {
        var ready = readiness;
        readiness = new Readiness(false, "starting", 0, List.of());
        assertThat(get("/ready").status()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("{\"state\":\"starting\",\"revision\":0,\"checks\":[]}");

        readiness = ready;
        admin.drain();
        assertThat(get("/ready").status()).isEqualTo(503);
        assertThat(get("/ready").body()).startsWith("{\"state\":\"draining\"");
        assertThat(get("/live").status()).isEqualTo(200);
    }

    @Test
    void hasNumbers() {
        assertThat(get("/metrics").body()).isEqualTo("one 1\n");
    }

    @Test
    void hasNothingElse() {
        assertThat(get("/").status()).isEqualTo(404);
        var post = RawClient.ask(admin.port(), "POST /live HTTP/1.1\nHost: a\n\n");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow")).isEqualTo("GET, HEAD");
    }

    private RawClient.Answer get(String path) {
        return RawClient.ask(admin.port(), "GET " + path + " HTTP/1.1\nHost: a\n\n");
    }
}
