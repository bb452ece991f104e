package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamPoolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final ScriptedUpstream upstream = new ScriptedUpstream(gateway -> gateway.rest());
    private final Connector connector = new Connector(new TlsContexts());

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void lendsNoMoreThanItsLimit() throws UpstreamFailure {
        var pool = pool(2, 2, LONG, LONG);
        pool.take(false, PATIENCE);
        var second = pool.take(false, PATIENCE);

        assertThatExceptionOfType(UpstreamFailure.class)
                .isThrownBy(() -> pool.take(false, MOMENT))
                .withMessage("2 connections to http://127.0.0.1:" + upstream.port() + " are in use")
                .extracting(UpstreamFailure::kind)
                .isEqualTo(UpstreamFailure.Kind.BUSY);

        pool.discard(second);
        pool.take(false, MOMENT);
    }

    @Test
    void givesWhoWaitsWhatComesBack() throws UpstreamFailure {
        var pool = pool(1, 1, LONG, LONG);
        var connection = pool.take(false, PATIENCE);
        var waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return pool.take(false, PATIENCE);
            } catch (UpstreamFailure e) {
                throw new IllegalStateException(e);
            }
        });
        pool.giveBack(connection, LONG);

        assertThat(waiting.join()).isSameAs(connection);
    }

    @Test
    void doesNotMakeWaitWhoCanGoElsewhere() throws UpstreamFailure {
        var pool = pool(1, 1, LONG, LONG);
        var connection = pool.take(false, false, PATIENCE);

        assertThatExceptionOfType(UpstreamFailure.class)
                .isThrownBy(() -> pool.take(false, false, LONG))
                .extracting(UpstreamFailure::kind)
                .isEqualTo(UpstreamFailure.Kind.BUSY);

        pool.giveBack(connection, LONG);
        assertThat(pool.take(false, false, PATIENCE)).isSameAs(connection);
    }

    @Test
    void neverLendsMoreHoweverManyAsk() throws Exception {
        var pool = pool(4, 2, LONG, LONG);
        var lent = new AtomicInteger();
        Callable<Integer> task = () -> {
            var connection = pool.take(false, PATIENCE);
            int now = lent.incrementAndGet();
            lent.decrementAndGet();
            if (now % 2 == 0) {
                pool.giveBack(connection, LONG);
            } else {
                pool.discard(connection);
            }
            return now;
        };
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var asked : askers.invokeAll(Collections.nCopies(400, task))) {
                assertThat(asked.get()).isBetween(1, 4);
            }
        }

        await().until(() -> upstream.connections() - upstream.ended() <= 2);
    }

    @Test
    void keepsNoMoreIdleOnesThanItMay() throws UpstreamFailure {
        var pool = pool(3, 2, LONG, LONG);
        var all = new ArrayList<UpstreamConnection>();
        for (int i = 0; i < 3; i++) {
            all.add(pool.take(false, PATIENCE));
        }
        for (var connection : all) {
            pool.giveBack(connection, LONG);
        }

        await().until(() -> upstream.ended() == 1);
        assertThat(pool.take(false, PATIENCE)).isSameAs(all.get(2));
        assertThat(pool.take(false, PATIENCE)).isSameAs(all.get(1));
        assertThat(pool.take(false, PATIENCE)).isNotIn(all);
    }

    @Test
    void opensAFreshOneWhenAskedTo() throws UpstreamFailure {
        var pool = pool(2, 2, LONG, LONG);
        var used = pool.take(false, PATIENCE);
        pool.giveBack(used, LONG);

        assertThat(pool.take(true, PATIENCE)).isNotSameAs(used);
        assertThat(pool.take(false, PATIENCE)).isSameAs(used);
    }

    @Test
    void letsGoOfThoseThatRestedTooLong() throws UpstreamFailure {
        var pool = pool(3, 3, MOMENT, LONG);
        pool.giveBack(pool.take(false, PATIENCE), LONG);

        await().until(() -> {
            pool.sweep();
            return upstream.ended() == 1;
        });
    }

    @Test
    void restsNoLongerThanTheServiceWants() throws UpstreamFailure {
        var pool = pool(3, 3, LONG, LONG);
        pool.giveBack(pool.take(false, PATIENCE), MOMENT);

        await().until(() -> {
            pool.sweep();
            return upstream.ended() == 1;
        });
    }

    @Test
    void usesNoneThatIsTooOld() throws UpstreamFailure {
        var pool = pool(1, 1, LONG, Duration.ofNanos(1));
        var old = pool.take(false, PATIENCE);
        pool.giveBack(old, LONG);

        assertThat(pool.take(false, PATIENCE)).isNotSameAs(old);
        await().until(() -> upstream.ended() == 1);
    }

    @Test
    void closesWhatIsIdleAndThenWhatComesBack() throws UpstreamFailure {
        var pool = pool(2, 2, LONG, LONG);
        var lent = pool.take(false, PATIENCE);
        pool.giveBack(pool.take(false, PATIENCE), LONG);

        pool.close();
        await().until(() -> upstream.ended() == 1);
        pool.giveBack(lent, LONG);
        await().until(() -> upstream.ended() == 2);
    }

    @Test
    void takesTheTurnBackWhenTheServiceIsDown() throws IOException {
        try (var down = Unreachable.refusing()) {
            var pool = new UpstreamPool(plain("127.0.0.1", down.port()), connector, limits(1, 1, LONG, LONG));
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(UpstreamFailure.class)
                        .isThrownBy(() -> pool.take(false, PATIENCE))
                        .withMessageContaining("Connection refused");
            }
        }
    }

    /** Each one that is refused makes the time longer for which nobody else asks. */
    @Test
    void doesNotAskAgainAtOnceWhereItWasRefused() throws IOException {
        try (var down = Unreachable.refusing()) {
            var pool = new UpstreamPool(plain("127.0.0.1", down.port()), connector, PoolLimits.DEFAULT);
            UpstreamFailure failure;
            do {
                failure = catchThrowableOfType(UpstreamFailure.class, () -> pool.take(false, PATIENCE));
            } while (failure.kind() == UpstreamFailure.Kind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining("could not connect to http://127.0.0.1:" + down.port())
                    .hasMessageContaining("Connection refused")
                    .extracting(UpstreamFailure::refusal)
                    .isEqualTo(Refusal.UPSTREAM_UNREACHABLE);
        }
    }

    private UpstreamPool pool(int busy, int idle, Duration rest, Duration age) {
        return new UpstreamPool(plain("127.0.0.1", upstream.port()), connector, limits(busy, idle, rest, age));
    }

    private static PoolLimits limits(int busy, int idle, Duration rest, Duration age) {
        return new PoolLimits(busy, idle, 1, rest, age);
    }

    private static Destination plain(String host, int port) {
        return new Destination(new Origin(false, host, port), UpstreamTls.PLATFORM, false);
    }
}
