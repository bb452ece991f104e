package dev.gatehouse.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TrailersTest {

    @Test
    void givesTheHandlerThoseBehindABodyExceptWhatBelongsInTheHead() {
        var before = new CopyOnWriteArrayList<Headers.Field>();
        var after = new CopyOnWriteArrayList<Headers.Field>();
        try (var listener = Listening.to(exchange -> {
            exchange.body().trailers().forEach(before::add);
            var answer = Listening.echo(exchange);
            exchange.body().trailers().forEach(after::add);
            return answer;
        })) {
            RawClient.ask(listener.port(), """
                    POST / HTTP/1.1
                    Host: a
                    Transfer-Encoding: chunked

                    2
                    ab
                    0
                    X-Sum: 1
                    Content-Length: 9
                    Transfer-Encoding: chunked
                    Authorization: Bearer x
                    Host: b
                    X-Forwarded-For: 1.2.3.4
                    x-sum: 2

                    """);
        }
        assertThat(before).isEmpty();
        assertThat(after).containsExactly(new Headers.Field("X-Sum", "1"), new Headers.Field("x-sum", "2"));
    }

    @Test
    void sendsThemToWhoReadsThem() {
        assertThat(answer("TE: trailers", Headers.of("X-Sum", "1", "Content-Type", "text/html")))
                .contains("\r\nTrailer: X-Sum\r\n")
                .endsWith("\r\n2\r\nab\r\n0\r\nX-Sum: 1\r\n\r\n");
        assertThat(answer("X: y", Headers.of("X-Sum", "1")))
                .doesNotContain("Trailer")
                .endsWith("\r\n2\r\nab\r\n0\r\n\r\n");
    }

    @Test
    void leavesOutTrailersThatCannotBeSent() {
        assertThat(answer("TE: trailers", Headers.of("X-Sum", "1\r\nX: y")))
                .endsWith("\r\n2\r\nab\r\n0\r\n\r\n")
                .doesNotContain(" 500 ");
    }

    private static String answer(String header, Headers trailers) {
        var body = new StreamedBody(Body.UNKNOWN, "ab").endingWith(trailers);
        try (var listener = Listening.to(_ -> new Response(200, Headers.of("Trailer", "X-Sum"), body));
                var client = new RawClient(listener.port())) {
            return client.send("GET / HTTP/1.1\nHost: a\nConnection: close\n" + header + "\n\n")
                    .rest();
        }
    }

    @Test
    void saysWhetherTheClientReadsThem() {
        var said = new CopyOnWriteArrayList<Boolean>();
        try (var listener = Listening.to(exchange -> {
            said.add(exchange.downstream().trailers());
            return Listening.text("ok");
        })) {
            for (var lines : List.of("1.1\nTE: gzip, Trailers", "1.1\nTE: gzip", "1.0\nTE: trailers", "1.1")) {
                RawClient.ask(listener.port(), "GET / HTTP/" + lines + "\nHost: a\n\n");
            }
        }
        assertThat(said).containsExactly(true, false, false, false);
    }
}
