package dev.gatehouse.node.traffic;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.time.Clock;

/** Writes a line for each request, refusals too, once its answer is over: only then it is known whether it was cut. */
public final class AccessLog implements Handler, AutoCloseable {

    private final Handler next;
    private final LineFile lines;
    private final Clock clock;

    /** @param lines is closed with this */
    public AccessLog(Handler next, LineFile lines, Clock clock) {
        this.next = next;
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public Response handle(Exchange exchange) {
        try {
            var response = next.handle(exchange);
            long answered = System.nanoTime();
            return response.whenClosed(() -> lines.add(AccessLine.of(exchange, response, answered, clock.instant())));
        } catch (RuntimeException | Error e) {
            // the listener makes this answer of it
            var refusal = Refusal.INTERNAL;
            lines.add(AccessLine.of(exchange, refusal.status(), refusal, System.nanoTime(), clock.instant()));
            throw e;
        }
    }

    /** What came to nothing before it could be handled. */
    public void refused(Refusal refusal) {
        lines.add(AccessLine.of(refusal, clock.instant()));
    }

    @Override
    public void close() {
        lines.close();
    }
}
