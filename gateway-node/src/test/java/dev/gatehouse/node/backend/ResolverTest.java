package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ResolverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final InetAddress OLD = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress NEW = InetAddress.ofLiteral("192.0.2.2");

    private final AtomicLong nanos = new AtomicLong(-42);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Resolver.Lookup names = _ -> new InetAddress[] {OLD};
    private final Resolver resolver = new Resolver(this::lookUp, nanos::get);

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        asked.incrementAndGet();
        return names.addresses(host);
    }

    @AfterEach
    void stop() {
        resolver.close();
    }

    @Test
    void asksAgainAfterAWhile() throws IOException {
        assertThat(resolver.addresses("a", PATIENCE)).containsExactly(OLD);
        names = _ -> new InetAddress[] {NEW, OLD};

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(4_999));
        assertThat(resolver.addresses("a", PATIENCE)).containsExactly(OLD);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(resolver.addresses("a", PATIENCE)).containsExactly(NEW, OLD);
        assertThat(asked).hasValue(2);
    }

    @Test
    void doesNotAskForAnAddress() throws IOException {
        assertThat(resolver.addresses("192.0.2.1", PATIENCE)).containsExactly(OLD);
        assertThat(resolver.addresses("2001:db8::1", PATIENCE)).hasSize(1);
        assertThat(asked).hasValue(0);
    }

    @Test
    void standsInForANameServerThatFails() throws IOException {
        resolver.addresses("a", PATIENCE);
        names = ResolverTest::unknown;

        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
            assertThat(resolver.addresses("a", PATIENCE)).containsExactly(OLD);
        }
        assertThat(asked).hasValue(4);
    }

    @Test
    @Timeout(30)
    void standsInForANameServerThatIsSilentAndLetsNotEveryRequestWaitForIt() throws IOException {
        resolver.addresses("a", PATIENCE);
        var never = new CountDownLatch(1);
        names = _ -> silent(never);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(resolver.addresses("a", MOMENT)).containsExactly(OLD);
        for (int i = 0; i < 1_000; i++) {
            assertThat(resolver.addresses("a", Duration.ofHours(1))).containsExactly(OLD);
        }
        never.countDown();
    }

    @Test
    void takesTheAnswerThatCameLate() throws IOException {
        resolver.addresses("a", PATIENCE);
        var late = new CountDownLatch(1);
        names = _ -> silent(late);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(resolver.addresses("a", MOMENT)).containsExactly(OLD);

        late.countDown();

        await().until(() -> resolver.addresses("a", PATIENCE).contains(NEW));
    }

    @Test
    void saysWhichNameIsNotKnownAndKeepsNoSuchAnswer() throws IOException {
        names = ResolverTest::unknown;
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> resolver.addresses("a", PATIENCE))
                .withMessage("no address for a");

        names = _ -> new InetAddress[] {NEW};
        assertThat(resolver.addresses("a", PATIENCE)).containsExactly(NEW);
    }

    @Test
    void saysWhichNameTookTooLong() {
        var never = new CountDownLatch(1);
        names = _ -> silent(never);

        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> resolver.addresses("a", MOMENT))
                .withMessage("looking up a took longer than 50 ms");
        never.countDown();
    }

    @Test
    void asksOnceHoweverManyWait() throws Exception {
        var late = new CountDownLatch(1);
        names = _ -> silent(late);
        var waiting = new ArrayList<Future<List<InetAddress>>>();
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                waiting.add(askers.submit(() -> resolver.addresses("a", PATIENCE)));
            }
            await().until(() -> asked.get() == 1);
            late.countDown();
        }

        for (var one : waiting) {
            assertThat(one.get()).containsExactly(NEW);
        }
        assertThat(asked).hasValue(1);
    }

    private static InetAddress[] unknown(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    private static InetAddress[] silent(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new InetAddress[] {NEW};
    }
}
