package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.resilience.Priority;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Overload;
import dev.gatehouse.node.resilience.OverloadWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with little memory that listens, and holds on to each body until it is asked for {@code /release}. It says its
 * port and ends with its input.
 */
final class FullHeap {

    private static final CountDownLatch RELEASED = new CountDownLatch(1);
    private static final AtomicInteger HELD = new AtomicInteger();

    private FullHeap() {}

    public static void main(String[] arguments) throws IOException {
        var overload = new Overload(Duration.ZERO);
        var watch = new OverloadWatch(overload);
        try (var listener = Listening.to(exchange -> answer(exchange, overload))) {
            System.out.println(listener.port());
            System.in.transferTo(System.out);
            listener.stop(Duration.ZERO);
        } finally {
            watch.close();
        }
    }

    private static Response answer(Exchange exchange, Overload overload) {
        if (exchange.path().equals("/held")) {
            return Listening.text(HELD.toString());
        }
        if (exchange.path().equals("/release")) {
            RELEASED.countDown();
            return Listening.text("released");
        }
        if (!overload.admits(Priority.NORMAL, Optional::empty)) {
            return Rejection.of(Refusal.OVERLOADED, "There is no memory left.").toResponse();
        }
        try {
            var body = exchange.body().stream().readAllBytes();
            if (body.length > 0) {
                HELD.incrementAndGet();
                RELEASED.await();
            }
            return Listening.text(body.length + " bytes");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
