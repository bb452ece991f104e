package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.server.HttpListener;
import dev.gatehouse.node.server.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whoever does not read stops whoever writes: between them are the buffers of the sockets, and not the node's memory. */
class BackpressureTest {

    private static final byte[] PIECE = new byte[64 << 10];
    private static final long ALL = 512L << 20;

    /** Four sockets' buffers of what a system gives a busy connection. */
    private static final long BETWEEN = 192L << 20;

    private final AtomicLong written = new AtomicLong();

    @Test
    void aClientThatDoesNotReadStopsTheService() {
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    gateway.say("HTTP/1.1 200 OK\nContent-Length: " + ALL + "\n\n");
                    gateway.pour(PIECE, ALL, written);
                });
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen();
                var client = new RawClient(listener.port()).send("GET / HTTP/1.1\nHost: a\n\n")) {
            assertThat(client.head().status()).isEqualTo(200);

            assertThat(writtenInTheEnd()).isLessThan(BETWEEN);
        }
    }

    @Test
    void aServiceThatDoesNotReadStopsTheClient() throws InterruptedException {
        var over = new CountDownLatch(1);
        try (var upstream = new ScriptedUpstream(gateway -> {
                    gateway.head();
                    over.await();
                });
                var proxied = Proxied.to(upstream);
                var listener = proxied.listen()) {
            var upload = Thread.startVirtualThread(() -> upload(listener));

            assertThat(writtenInTheEnd()).isLessThan(BETWEEN);
            over.countDown();
            upload.join();
        }
    }

    private void upload(HttpListener listener) {
        try (var client = new RawClient(listener.port())) {
            client.send("POST / HTTP/1.1\nHost: a\nContent-Length: " + ALL + "\n\n");
            while (written.get() < ALL) {
                client.send(PIECE, PIECE.length);
                written.addAndGet(PIECE.length);
            }
        } catch (UncheckedIOException e) {
            // cut off, once the service has gone
        }
    }

    /** Once nothing more has been written for a while. */
    private long writtenInTheEnd() {
        var before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(60))
                .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
        return written.get();
    }
}
