package dev.gatehouse.node.server;

import static dev.gatehouse.node.server.Http2Client.ACK;
import static dev.gatehouse.node.server.Http2Client.CONTINUATION;
import static dev.gatehouse.node.server.Http2Client.DATA;
import static dev.gatehouse.node.server.Http2Client.END_HEADERS;
import static dev.gatehouse.node.server.Http2Client.END_STREAM;
import static dev.gatehouse.node.server.Http2Client.ENHANCE_YOUR_CALM;
import static dev.gatehouse.node.server.Http2Client.HEADERS;
import static dev.gatehouse.node.server.Http2Client.PING;
import static dev.gatehouse.node.server.Http2Client.PRIORITY;
import static dev.gatehouse.node.server.Http2Client.REFUSED_STREAM;
import static dev.gatehouse.node.server.Http2Client.RST_STREAM;
import static dev.gatehouse.node.server.Http2Client.SETTINGS;
import static dev.gatehouse.node.server.Http2Client.WINDOW_UPDATE;
import static dev.gatehouse.node.server.Http2Client.block;
import static dev.gatehouse.node.server.Listening.ANY_PORT;
import static dev.gatehouse.node.server.Listening.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/** What a client may not do, however well-formed. */
class Http2GuardTest {

    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void refusesAHeadThatIsTooLargeAndServesTheNext() {
        try (var listener = Listening.to(exchange -> text("ok"));
                var client = Http2Client.to(listener)) {
            client.get(1, "/", many(101));
            assertThat(client.answer(1).status()).isEqualTo(431);
            assertThat(client.get(3, "/").answer(3).status()).isEqualTo(200);
        }
    }

    @Test
    void aFieldThatIsNamedAgainAndAgainIsCountedEachTime() {
        try (var listener = Listening.to(exchange -> text("ok"));
                var client = Http2Client.to(listener)) {
            var bomb = new ByteArrayOutputStream();
            bomb.writeBytes(block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a"));
            var entry = block("x", "y".repeat(3000));
            entry[0] = 0x40;
            bomb.writeBytes(entry);
            for (int i = 0; i < 10_000; i++) {
                bomb.write(0xbe);
            }
            client.frame(HEADERS, END_HEADERS | END_STREAM, 1, bomb.toByteArray());
            assertThat(client.answer(1).status()).isEqualTo(431);
        }
    }

    @Test
    void endsAConnectionThatFloods() {
        var get = block(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a");
        flood((client, i) -> client.frame(PING, 0, 0, new byte[8]));
        flood((client, i) -> client.settings(4, i));
        flood((client, i) -> client.frame(SETTINGS, ACK, 0));
        flood((client, i) -> client.frame(PRIORITY, 0, 1, new byte[5]));
        flood((client, i) -> client.number(WINDOW_UPDATE, 0, 1));
        flood((client, i) -> client.frame(77, 0, 0));
        flood((client, i) -> client.get(2 * i + 1, "/").number(RST_STREAM, 2 * i + 1, 8));
        // resets that the gateway is made to send
        flood((client, i) -> client.post(2 * i + 1, "/").number(WINDOW_UPDATE, 2 * i + 1, 0));
        flood((client, i) -> (i == 0 ? client.post(1, "/") : client).frame(DATA, 0, 1));
        flood((client, i) -> client.frame(i == 0 ? HEADERS : CONTINUATION, 0, 1, i == 0 ? get : new byte[0]));
        flood((client, i) -> client.frame(i == 0 ? HEADERS : CONTINUATION, 0, 1, new byte[16 << 10]));
    }

    private static void flood(ObjIntConsumer<Http2Client> one) {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        try (var listener = Listening.to(exchange -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        return text(Listening.read(exchange));
                    } finally {
                        running.decrementAndGet();
                    }
                });
                var client = Http2Client.to(listener)) {
            var sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 20_000; i++) {
                        one.accept(client, i);
                    }
                } catch (UncheckedIOException e) {
                    // cut off, as it should be
                }
            });
            assertThat(client.gone()).isEqualTo(ENHANCE_YOUR_CALM);
            sender.join();
            assertThat(most.get()).isLessThanOrEqualTo(256);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesMoreStreamsThanItSaid() throws InterruptedException {
        var arrived = new CountDownLatch(128);
        var goOn = new CountDownLatch(1);
        try (var listener = Listening.to(exchange -> {
                    arrived.countDown();
                    awaitQuietly(goOn);
                    return text("ok");
                });
                var client = Http2Client.to(listener)) {
            for (int i = 0; i < 128; i++) {
                client.get(2 * i + 1, "/");
            }
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.get(257, "/").reset(257)).isEqualTo(REFUSED_STREAM);
            goOn.countDown();
            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(client.get(259, "/").answer(259).status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerMakesRoomForTheNextRequestAtOnce() {
        try (var listener = Listening.to(exchange -> text("ok"));
                var client = Http2Client.to(listener)) {
            int next = 1;
            for (; next < 256; next += 2) {
                client.get(next, "/");
            }
            for (int i = 0; i < 3000; i++) {
                var last = client.await(
                        frame -> frame.type() == RST_STREAM || (frame.type() == DATA && frame.has(END_STREAM)));
                assertThat(last.type()).isEqualTo(DATA);
                client.get(next, "/");
                next += 2;
            }
        }
    }

    @Test
    void startsNoMoreHandlersForStreamsThatWereTakenBack() {
        var running = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        try (var listener = Listening.to(exchange -> {
                    running.incrementAndGet();
                    awaitQuietly(goOn);
                    return text("ok");
                });
                var client = Http2Client.to(listener)) {
            for (int i = 0; i < 250; i++) {
                client.get(2 * i + 1, "/").number(RST_STREAM, 2 * i + 1, 8);
            }
            await().until(() -> running.get() == 250);
            for (int i = 250; i < 257; i++) {
                client.get(2 * i + 1, "/");
            }
            assertThat(client.reset(2 * 256 + 1)).isEqualTo(REFUSED_STREAM);
            goOn.countDown();
        }
    }

    @Test
    void cutsOffWhoTakesTooLong() {
        var hasty = ANY_PORT.withDeadlines(
                Deadlines.DEFAULT.withHead(SOON).withIdle(SOON).withStall(LONG));
        try (var listener = HttpListener.start(hasty, exchange -> text("ok"))) {
            cutOff(listener, client -> client.raw(Listening.bytes("PRI * HTTP/2")));
            cutOff(listener, Http2Client::preface);
            cutOff(listener, Http2Client::begin);
            cutOff(listener, client -> client.begin().frame(HEADERS, 0, 1, block(":method", "GET")));
            cutOff(listener, client -> client.begin().raw(new byte[] {0, 0, 8, 6}));
        }
    }

    /** Before it has said all, too, where this machine takes longer for that. */
    private static void cutOff(HttpListener listener, Consumer<Http2Client> says) {
        try (var client = new Http2Client(listener.port())) {
            try {
                says.accept(client);
            } catch (UncheckedIOException e) {
                assertThat(e).hasRootCauseInstanceOf(IOException.class);
            }
            client.gone();
        }
    }

    @Test
    void pingsDoNotKeepAConnection() {
        var hasty = ANY_PORT.withDeadlines(
                Deadlines.DEFAULT.withHead(LONG).withIdle(SOON).withStall(LONG));
        var gone = new AtomicBoolean();
        try (var listener = HttpListener.start(hasty, exchange -> text("ok"));
                var client = new Http2Client(listener.port()).preface().settings()) {
            var waiting = Thread.ofVirtual().start(() -> {
                client.gone();
                gone.set(true);
            });
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                try {
                    client.frame(PING, 0, 0, new byte[8]);
                } catch (UncheckedIOException e) {
                    // that it ended shows here, too
                }
                return gone.get();
            });
            assertThat(waiting.isAlive()).isFalse();
        }
    }

    @Test
    void cutsOffABodyThatDoesNotCome() {
        var hasty = ANY_PORT.withDeadlines(
                Deadlines.DEFAULT.withHead(LONG).withIdle(LONG).withStall(SOON));
        try (var listener = HttpListener.start(hasty, exchange -> text(Listening.read(exchange)));
                var client = Http2Client.to(listener)) {
            client.post(1, "/").data(1, "abc", false);
            assertThat(client.answer(1).status()).isEqualTo(500);
            assertThat(client.reset(1)).isZero();
        }
    }

    @Test
    void resetsAStreamWhoseAnswerIsNotTaken() {
        var hasty = ANY_PORT.withDeadlines(
                Deadlines.DEFAULT.withHead(LONG).withIdle(LONG).withStall(SOON));
        var endless = StreamedBody.endless();
        try (var listener = HttpListener.start(hasty, exchange -> new Response(200, new Headers(), endless));
                var client = Http2Client.to(listener, 4, 0)) {
            client.get(1, "/");
            client.reset(1);
            await().until(endless::closed);
        }
    }

    @Test
    void cutsOffWhoReadsNothingAtAll() {
        var hasty = ANY_PORT.withDeadlines(
                Deadlines.DEFAULT.withHead(LONG).withIdle(LONG).withStall(SOON));
        var endless = StreamedBody.endless();
        try (var listener = HttpListener.start(hasty, exchange -> new Response(200, new Headers(), endless));
                var client = Http2Client.to(listener, 4, Integer.MAX_VALUE)) {
            client.number(WINDOW_UPDATE, 0, Integer.MAX_VALUE - 65_535).get(1, "/");
            await().until(endless::closed);
        }
    }

    @Test
    void takesNoMoreThanTheWindow() {
        var goOn = new CountDownLatch(1);
        try (var listener = Listening.to(exchange -> {
                    awaitQuietly(goOn);
                    return text("ok");
                });
                var client = Http2Client.to(listener)) {
            client.post(1, "/");
            for (int i = 0; i < 5; i++) {
                client.frame(DATA, 0, 1, new byte[16 << 10]);
            }
            assertThat(client.reset(1)).isEqualTo(Http2Client.FLOW_CONTROL_ERROR);
            goOn.countDown();
        }
    }

    @Test
    void finishesWhatRunsWhenItStops() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var listener = Listening.to(exchange -> {
            if (exchange.path().equals("/slow")) {
                arrived.countDown();
                awaitQuietly(goOn);
            }
            return text("done");
        });
        try (var idle = Http2Client.to(listener);
                var busy = Http2Client.to(listener)) {
            busy.get(1, "/slow");
            arrived.await();
            var stopping = Thread.ofVirtual().start(() -> listener.stop(LONG));

            assertThat(idle.await(Http2Client.GOAWAY, 0).first()).isEqualTo(Integer.MAX_VALUE);
            assertThat(busy.await(Http2Client.GOAWAY, 0).first()).isEqualTo(Integer.MAX_VALUE);
            // what was on its way is served, until the client knows
            assertThat(busy.get(3, "/").answer(3).body()).isEqualTo("done");
            busy.frame(PING, ACK, 0, new byte[8]);
            assertThat(busy.await(Http2Client.GOAWAY, 0).first()).isEqualTo(3);
            busy.get(5, "/");
            goOn.countDown();
            assertThat(busy.answer(1).body()).isEqualTo("done");
            busy.gone();
            idle.gone();
            stopping.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String[] many(int count) {
        var fields = new String[2 * count];
        for (int i = 0; i < count; i++) {
            fields[2 * i] = "x-" + i;
            fields[2 * i + 1] = "y";
        }
        return fields;
    }
}
