package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long an answer is waited for: as long as an upload makes progress, and never beyond the exchange's own time. */
final class AnswerWait {

    /** @param <T> what comes */
    interface Waiting<T> {
        /** @param due as of {@link System#nanoTime} */
        T until(long due) throws IOException;
    }

    /** A service that ends a call at its deadline is the better one to say so. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final long silence;
    private final long due;
    private final long end;

    AnswerWait(UpstreamTimes times, Exchange exchange) {
        silence = times.silence().toNanos();
        due = UpstreamTimes.due(exchange);
        end = Grpc.timeout(exchange).isPresent() ? due + GRACE : System.nanoTime() + UpstreamTimes.FAR;
    }

    /** When the next piece of the body must be here. Only a gRPC deadline is one of the whole answer. */
    long pieceDue() {
        long piece = System.nanoTime() + silence;
        return piece - end < 0 ? piece : end;
    }

    /** When what begins now must have ended. */
    long due() {
        return within(System.nanoTime());
    }

    /** When an answer must have come, as far as the upload has come by now. */
    long due(RequestPump pump) {
        return within(pump.progress());
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
        return since + silence - due < 0 ? since + silence : due;
    }
}
