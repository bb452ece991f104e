package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer is waited for: as long as an upload makes progress, and never beyond the time of the try and that of
 * the exchange; then how long its body may stand still.
 */
final class AnswerWait {

    /** @param <T> what comes */
    interface Waiting<T> {
        /** @param due as of {@link System#nanoTime} */
        T until(long due) throws IOException;
    }

    /** A service that ends a call at its deadline is the better one to say so. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final long silence;
    private final long idle;
    private final long tryDue;
    private final long due;
    private final long end;

    /**
     * One that begins now.
     *
     * @param tryDue when the answer to this try must begin
     */
    AnswerWait(UpstreamTimes times, Exchange exchange, long tryDue, long now) {
        this.tryDue = tryDue;
        silence = times.silence().toNanos();
        idle = times.idle().toNanos();
        due = now + Math.min(exchange.nanosLeft(now), UpstreamTimes.FAR);
        long whole = now + Math.min(exchange.nanosToEnd(now), UpstreamTimes.FAR);
        end = Grpc.timeout(exchange).isPresent() ? earlier(due + GRACE, whole) : whole;
    }

    /** When the next piece of the body must be here. */
    long pieceDue() {
        return earlier(System.nanoTime() + idle, end);
    }

    /** Why a body ended early. */
    Refusal withinBody(Exchange exchange, IOException failure) {
        if (System.nanoTime() - end >= 0 || Grpc.late(exchange)) {
            return Refusal.DEADLINE_EXCEEDED;
        }
        return failure instanceof SocketTimeoutException ? Refusal.UPSTREAM_IDLE : Refusal.UPSTREAM_BROKEN;
    }

    /** What there is until the answer must begin, in nanoseconds; very large where nothing bounds it. */
    long left(long now) {
        return earlier(due, tryDue) - now;
    }

    /** When what begins now must have ended. */
    long due() {
        return within(System.nanoTime());
    }

    /** When an answer must have come, as far as the upload has come by now. */
    long due(RequestPump pump) {
        return within(pump.progress());
    }

    /** Why an answer was waited for in vain. */
    Refusal before() {
        long now = System.nanoTime();
        if (now - due >= 0) {
            return Refusal.DEADLINE_EXCEEDED;
        }
        return now - tryDue >= 0 ? Refusal.UPSTREAM_TRY_TIMEOUT : Refusal.UPSTREAM_TIMEOUT;
    }

    /** @throws SocketTimeoutException when nothing came in time */
    <T> T await(@Nullable RequestPump pump, Waiting<T> waiting) throws IOException {
        long until = due();
        while (true) {
            try {
                return waiting.until(until);
            } catch (SocketTimeoutException e) {
                until = pump == null ? until : due(pump);
                if (until - System.nanoTime() <= 0) {
                    throw e;
                }
            }
        }
    }

    private long within(long since) {
        return earlier(since + silence, earlier(due, tryDue));
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
