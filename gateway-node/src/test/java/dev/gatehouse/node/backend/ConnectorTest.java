package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ConnectorTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final InetAddress FIRST = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress SECOND_ADDRESS = InetAddress.ofLiteral("127.0.0.2");

    /** Elsewhere loopback has one address. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void triesTheNextAddressWhenOneRefuses() throws IOException {
        try (var upstream = new ScriptedUpstream(new ServerSocket(0, 50, SECOND_ADDRESS), always(OK));
                var connector = connector(FIRST, SECOND_ADDRESS)) {
            connector.open(plain("a", upstream.port()), SECOND).close();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesTheNextAddressItsShareOfTheTimeWhenOneIsSilent() throws IOException {
        try (var silent = Unreachable.silent();
                var upstream = new ScriptedUpstream(new ServerSocket(silent.port(), 50, SECOND_ADDRESS), always(OK));
                var connector = connector(FIRST, SECOND_ADDRESS)) {
            connector.open(plain("a", upstream.port()), SECOND).close();
        }
    }

    @Test
    void saysWhatTheLastAddressSaid() throws IOException {
        try (var down = Unreachable.refusing();
                var connector = connector(FIRST, SECOND_ADDRESS)) {
            var origin = plain("a", down.port());

            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connector.open(origin, SECOND));
        }
    }

    @Test
    void endsWithItsTime() throws IOException {
        try (var silent = Unreachable.silent();
                var connector = connector(FIRST)) {
            var origin = plain("a", silent.port());

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> connector.open(origin, Duration.ofMillis(200)));
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> connector.open(origin, Duration.ZERO));
        }
    }

    @Test
    void connectsWithTheLastAnswerOfANameServerThatIsSilent() throws IOException {
        var nanos = new AtomicLong();
        var silent = new AtomicBoolean();
        var never = new CountDownLatch(1);
        var resolver = new Resolver(
                _ -> {
                    if (silent.get()) {
                        awaitUninterruptibly(never);
                    }
                    return new InetAddress[] {FIRST};
                },
                nanos::get);
        try (var upstream = ScriptedUpstream.answering(OK);
                var connector = new Connector(new TlsContexts(), resolver)) {
            var origin = plain("a", upstream.port());
            connector.open(origin, SECOND).close();
            silent.set(true);
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

            connector.open(origin, SECOND).close();

            assertThat(never.getCount()).isOne();
        }
    }

    @Test
    void saysWhichNameHasNoAddress() {
        try (var connector = new Connector(
                new TlsContexts(),
                new Resolver(
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        System::nanoTime))) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> connector.open(plain("nowhere.example", 80), SECOND))
                    .withMessageContaining("nowhere.example");
        }
    }

    private static Connector connector(InetAddress... addresses) {
        return new Connector(new TlsContexts(), new Resolver(_ -> addresses, System::nanoTime));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Destination plain(String host, int port) {
        return new Destination(new Origin(false, host, port), UpstreamTls.PLATFORM, false);
    }
}
