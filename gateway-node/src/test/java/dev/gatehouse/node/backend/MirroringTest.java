package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Outbound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Copies go to services on real sockets, and whatever those do, the request is answered as if there were none. */
class MirroringTest {

    private static final MirrorLimits SMALL = new MirrorLimits(4, 2, 1_000, 1 << 20, Duration.ofSeconds(10));

    private final ScriptedUpstream service = ScriptedUpstream.answering(ScriptedUpstream.OK);
    private final UpstreamPools pools = new UpstreamPools();
    private final Mirrors mirrors = new Mirrors(SMALL, name -> name);

    @AfterEach
    void close() {
        mirrors.close();
        pools.close();
        service.close();
    }

    @Test
    void copiesARequestMarksItAndThrowsItsAnswerAway() {
        try (var mirror = ScriptedUpstream.answering("HTTP/1.1 500 No\nContent-Length: 4\n\nevil")) {
            var mirroring = mirroring(100, mirror.url());
            var exchange = Exchanges.get("/old/7?q=1", "X-A", "1");
            exchange.outbound(Outbound.of(exchange).withPath("/new/7"));

            assertThat(answer(mirroring, exchange)).isEqualTo("ok");

            await().until(() -> room().answered() == 1);
            var copied = mirror.requests().getFirst();
            assertThat(copied.method()).isEqualTo("GET");
            assertThat(copied.target()).isEqualTo("/new/7?q=1");
            assertThat(copied.headers().first("X-A")).contains("1");
            assertThat(copied.headers().first("Gatehouse-Mirror")).contains("true");
            assertThat(copied.headers().first("X-Request-Id")).contains("request-1");
            assertThat(service.requests().getFirst().headers().contains("Gatehouse-Mirror"))
                    .isFalse();
        }
    }

    @Test
    void neverLetsAClientPassForACopy() {
        answer(mirroring(1, service.url()), Exchanges.get("/", "Gatehouse-Mirror", "true"));
        assertThat(service.requests().getFirst().headers().contains("Gatehouse-Mirror"))
                .isFalse();
    }

    @Test
    void copiesABodyAsItStreamsUpToItsBound() {
        try (var mirror = ScriptedUpstream.answering(ScriptedUpstream.OK)) {
            var mirroring = mirroring(100, mirror.url());
            for (var body : List.of("x".repeat(1_000), "x".repeat(1_001))) {
                for (long length : new long[] {body.length(), Body.UNKNOWN}) {
                    assertThat(answer(mirroring, Exchanges.post("/" + body.length(), body(body, length))))
                            .isEqualTo("ok");
                }
            }
            await().until(() -> room().answered() == 2);
            assertThat(mirror.requests()).allSatisfy(request -> {
                assertThat(request.target()).isEqualTo("/1000");
                assertThat(request.body()).hasSize(1_000);
            });
            assertThat(service.requests()).hasSize(4);
            await().until(room()::idle);
        }
    }

    @Test
    void sendsToSeveralAtOnce() {
        try (var one = ScriptedUpstream.answering(ScriptedUpstream.OK);
                var other = ScriptedUpstream.answering(ScriptedUpstream.OK)) {
            var mirroring = mirroring(100, one.url()).to("other", 100, copies(other.url()));
            answer(mirroring, Exchanges.post("/", body("hello", 5)));
            await().until(() -> one.requests().size() == 1 && other.requests().size() == 1);
            assertThat(other.requests().getFirst().body()).isEqualTo("hello");
        }
    }

    @Test
    void answersAllTheSameWhenTheMirrorIsStalledAndDropsWhatItHasNoRoomFor() {
        try (var stalled = new ScriptedUpstream(ScriptedUpstream.Peer::rest)) {
            var mirroring = mirroring(100, stalled.url());
            for (int i = 0; i < 200; i++) {
                assertThat(answer(mirroring, i % 2 == 0 ? Exchanges.get("/") : Exchanges.post("/", body("hello", 5))))
                        .isEqualTo("ok");
            }
            assertThat(service.requests()).hasSize(200);
            assertThat(room().dropped()).isEqualTo(196);
            assertThat(mirrors.problems())
                    .containsExactly("The mirror 'mirror' does not keep up: some requests are not copied to it.");
            assertThat(stalled.connections()).isLessThanOrEqualTo(SMALL.busy());
        }
    }

    @Test
    void answersAllTheSameWhenTheMirrorCannotBeReachedOrBreaksOff() throws IOException {
        try (var away = Unreachable.refusing();
                var silent = Unreachable.silent();
                var broken = ScriptedUpstream.answering("HTTP/1.1 200 OK\nContent-Length: 99\n\nshort")) {
            for (var url : List.of(away.url(), silent.url(), broken.url())) {
                assertThat(answer(mirroring(100, url), Exchanges.get("/"))).isEqualTo("ok");
                assertThat(answer(mirroring(100, url), Exchanges.post("/", body("hello", 5))))
                        .isEqualTo("ok");
            }
        }
    }

    @Test
    void givesUpAMirrorThatNeverEndsItsAnswer() {
        try (var endless = new ScriptedUpstream(gateway -> {
            gateway.request();
            gateway.say("HTTP/1.1 200 OK\n\n");
            while (true) {
                gateway.sayRaw("x".repeat(64 << 10));
            }
        })) {
            assertThat(answer(mirroring(100, endless.url()), Exchanges.get("/")))
                    .isEqualTo("ok");
            await().until(() -> endless.ended() == 1);
            await().until(room()::idle);
        }
    }

    @Test
    void copiesNoRequestWhoseBodyNobodyReadToItsEnd() {
        try (var mirror = ScriptedUpstream.answering(ScriptedUpstream.OK);
                var early = new ScriptedUpstream(gateway -> {
                    gateway.head();
                    gateway.say("HTTP/1.1 413 No\nContent-Length: 2\n\nno");
                    gateway.rest();
                })) {
            var mirroring = mirroring(early, 100, mirror.url());
            var ended = new CountDownLatch(1);
            assertThat(answer(mirroring, Exchanges.post("/", new StreamedBody(5, stuckUntil(ended)))))
                    .isEqualTo("no");
            ended.countDown();
            await().until(room()::idle);
            assertThat(mirror.requests()).isEmpty();
        }
    }

    @Test
    void copiesNoOpeningOfAWebSocket() {
        try (var mirror = ScriptedUpstream.answering(ScriptedUpstream.OK)) {
            var upgrade = new Downstream((_, _) -> {}, false, "websocket");
            answer(mirroring(100, mirror.url()), Exchanges.over(upgrade, "GET", "/", Body.empty()));
            assertThat(mirror.connections()).isZero();
        }
    }

    @Test
    void forgetsWhatIsKnownOfServicesThatAreGone() {
        var kept = mirrors.room("here");
        var gone = mirrors.room("gone");

        mirrors.keep(List.of("here"));

        assertThat(mirrors.room("here")).isSameAs(kept);
        assertThat(mirrors.room("gone")).isNotSameAs(gone);
    }

    @Test
    void copiesItsShare() {
        try (var mirror = ScriptedUpstream.answering(ScriptedUpstream.OK)) {
            var mirroring = mirroring(20, mirror.url());
            int requests = 2_000;
            for (int i = 0; i < requests; i++) {
                answer(mirroring, Exchanges.get("/"));
            }
            await().until(room()::idle);
            long copied = room().answered() + room().failed() + room().dropped();
            // five standard deviations
            double bound = 5 * Math.sqrt(0.2 * 0.8 * requests);
            assertThat((double) copied).isBetween(0.2 * requests - bound, 0.2 * requests + bound);
        }
    }

    private Mirroring mirroring(long percent, URI mirror) {
        return mirroring(service, percent, mirror);
    }

    private Mirroring mirroring(ScriptedUpstream original, long percent, URI mirror) {
        var terms = UpstreamTerms.plain(Proxied.PATIENT);
        return new Mirroring(Proxies.to(List.of(original.url()), terms, pools), mirrors, new Random(20260701))
                .to("mirror", percent, copies(mirror));
    }

    private Handler copies(URI target) {
        return mirrors.proxy(target.toString(), Proxies.service(List.of(target)), UpstreamTerms.plain(Proxied.PATIENT));
    }

    private MirrorRoom room() {
        return mirrors.room("mirror");
    }

    private static String answer(Mirroring mirroring, Exchange exchange) {
        try (var response = mirroring.handle(exchange)) {
            return new String(response.body().stream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stuckUntil(CountDownLatch ended) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("the client is gone");
            }
        };
    }

    private static Body body(String text, long length) {
        return new StreamedBody(length, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
