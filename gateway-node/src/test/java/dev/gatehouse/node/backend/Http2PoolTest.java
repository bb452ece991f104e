package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.http2.Http2Upstream;
import dev.gatehouse.node.backend.http2.Http2Upstream.Peer;
import dev.gatehouse.node.backend.http2.Liveness;
import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http2PoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final Liveness EAGER = new Liveness(MOMENT, Duration.ofSeconds(2));

    private final Connector connector = new Connector(new TlsContexts());

    @AfterEach
    void stop() {}

    @Test
    void lendsNoMorePlacesThanItsLimitHoweverManyStreamsTheServiceAllows() throws UpstreamFailure {
        try (var upstream = new Http2Upstream(Http2PoolTest::greet)) {
            var pool = pool(upstream, 2, LONG, LONG, Liveness.DEFAULT);
            var first = pool.take(false, PATIENCE);
            pool.take(false, PATIENCE);

            assertThatExceptionOfType(UpstreamFailure.class)
                    .isThrownBy(() -> pool.take(false, MOMENT))
                    .withMessage("2 requests to http://127.0.0.1:" + upstream.port() + " are running");

            first.end();
            first.end();
            assertThat(pool.free()).isOne();
            pool.take(false, PATIENCE);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void doesNotMakeWaitWhoCanGoElsewhere() throws UpstreamFailure {
        try (var upstream = new Http2Upstream(gateway -> {
            gateway.greet(3, 1);
            gateway.rest();
        })) {
            var pool = pool(upstream, 1, LONG, LONG, Liveness.DEFAULT);
            var place = pool.take(false, false, PATIENCE);

            assertThatExceptionOfType(UpstreamFailure.class)
                    .isThrownBy(() -> pool.take(false, false, LONG))
                    .extracting(UpstreamFailure::refusal)
                    .isEqualTo(Refusal.POOL_FULL);

            place.end();
            pool.take(false, false, PATIENCE).end();
        }
    }

    @Test
    void opensOneConnectionForABurst() {
        try (var upstream = new Http2Upstream(Http2PoolTest::greet)) {
            var pool = pool(upstream, 50, LONG, LONG, Liveness.DEFAULT);
            var taken = new ArrayList<CompletableFuture<Http2Lease>>();
            for (int i = 0; i < 50; i++) {
                taken.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return pool.take(false, PATIENCE);
                            } catch (UpstreamFailure e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Thread::startVirtualThread));
            }
            taken.forEach(place -> place.join().end());

            assertThat(upstream.connections()).isOne();
            assertThat(pool.free()).isEqualTo(50);
        }
    }

    @Test
    void waitsForAPlaceWhereTheServiceAllowsNone() {
        try (var upstream = new Http2Upstream(gateway -> {
            gateway.greet(3, 0);
            gateway.rest();
        })) {
            var pool = pool(upstream, 2, LONG, LONG, Liveness.DEFAULT);

            assertThatExceptionOfType(UpstreamFailure.class)
                    .isThrownBy(() -> pool.take(false, Duration.ofSeconds(1)))
                    .withMessageContaining("it takes no streams");
            assertThat(pool.free()).isEqualTo(2);
        }
    }

    @Test
    void closesWhatRestedTooLong() throws UpstreamFailure {
        try (var upstream = new Http2Upstream(Http2PoolTest::greet)) {
            var pool = pool(upstream, 2, MOMENT, LONG, Liveness.DEFAULT);
            var lease = pool.take(false, PATIENCE);
            pool.sweep();
            lease.end();

            await().until(() -> {
                pool.sweep();
                return upstream.ended() == 1;
            });
        }
    }

    @Test
    void beginsNothingOnWhatIsTooOldAndLetsItEnd() throws UpstreamFailure {
        try (var upstream = new Http2Upstream(Http2PoolTest::greet)) {
            var pool = pool(upstream, 2, LONG, Duration.ofNanos(1), Liveness.DEFAULT);
            var old = pool.take(false, PATIENCE);
            pool.sweep();
            pool.take(false, PATIENCE);
            assertThat(upstream.connections()).isEqualTo(2);
            assertThat(upstream.ended()).isZero();

            old.end();
            await().until(() -> upstream.ended() == 1);
        }
    }

    @Test
    void givesUpAConnectionOnWhichNoPingIsAnswered() throws UpstreamFailure, IOException {
        try (var upstream = new Http2Upstream(Http2PoolTest::greet)) {
            var pool = pool(upstream, 2, LONG, LONG, EAGER);
            var lease = pool.take(false, PATIENCE);
            var stream = lease.begin(head(), true);

            await().until(() -> {
                pool.sweep();
                return upstream.ended() == 1;
            });

            assertThatIOException()
                    .isThrownBy(() -> stream.head(System.nanoTime() + PATIENCE.toNanos()))
                    .withMessage("it does not answer a PING");
            lease.end();
            assertThat(pool.free()).isEqualTo(2);
        }
    }

    @Test
    void keepsAConnectionThatAnswersAndAsksItSeldom() throws UpstreamFailure, IOException {
        var pings = new ArrayList<Integer>();
        var seen = new CompletableFuture<Integer>();
        try (var upstream = new Http2Upstream(gateway -> {
            gateway.greet();
            gateway.head();
            while (true) {
                var ping = gateway.frame(Http2Upstream.PING);
                pings.add(ping.flags());
                gateway.send(Http2Upstream.PING, 1, 0, ping.bytes());
                if (pings.size() == 2) {
                    Thread.startVirtualThread(() -> answerLate(gateway, pings, seen));
                }
            }
        })) {
            var pool = pool(upstream, 2, LONG, LONG, EAGER);
            var lease = pool.take(false, PATIENCE);
            var stream = lease.begin(head(), true);
            var answer = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return stream.head(System.nanoTime() + PATIENCE.toNanos())
                                    .status();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);

            await().until(() -> {
                pool.sweep();
                return answer.isDone();
            });

            assertThat(answer.join()).isEqualTo(200);
            assertThat(seen.join()).as("as many as a gRPC server takes").isEqualTo(2);
        }
    }

    @Test
    void closesWhatIsIdleAndThenWhatComesBack() throws UpstreamFailure {
        try (var upstream = new Http2Upstream(Http2PoolTest::greet)) {
            var pool = pool(upstream, 2, LONG, LONG, Liveness.DEFAULT);
            var lease = pool.take(false, PATIENCE);
            pool.close();
            assertThat(upstream.ended()).isZero();

            lease.end();
            await().until(() -> upstream.ended() == 1);
        }
    }

    private static void greet(Peer gateway) throws IOException {
        gateway.greet();
        gateway.rest();
    }

    /** After a time in which a third PING would have come. */
    private static void answerLate(Peer gateway, List<Integer> pings, CompletableFuture<Integer> seen) {
        try {
            var clock = new CountDownLatch(1);
            assertThat(clock.await(300, TimeUnit.MILLISECONDS)).isFalse();
            seen.complete(pings.size());
            gateway.headers(1, true, ":status", "200");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Headers head() {
        return Headers.of(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
    }

    private Http2Pool pool(Http2Upstream upstream, int busy, Duration rest, Duration age, Liveness liveness) {
        var destination = new Destination(new Origin(false, "127.0.0.1", upstream.port()), UpstreamTls.PLATFORM, true);
        return new Http2Pool(destination, connector, new PoolLimits(busy, busy, 1, rest, age), liveness);
    }
}
