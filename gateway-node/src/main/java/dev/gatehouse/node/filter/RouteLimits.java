package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.SeenStream;
import java.io.InputStream;
import java.time.Duration;

/**
 * Bounds a request: 413 for a body that is too large, at once where its length is announced, else when it has become
 * so; and the time until its answer begins, and ends.
 */
final class RouteLimits implements Filter {

    private final long maxBody;
    private final Duration timeout;
    private final Duration whole;
    private final Rejection tooLarge;

    /**
     * Two bounds.
     *
     * @param maxBody bytes
     * @param timeout until the answer begins
     * @param whole until it has ended; zero: no bound
     */
    RouteLimits(long maxBody, Duration timeout, Duration whole) {
        this.maxBody = maxBody;
        this.timeout = whole.isZero() || timeout.compareTo(whole) < 0 ? timeout : whole;
        this.whole = whole;
        tooLarge = Rejection.of(Refusal.BODY_TOO_LARGE, "The body may have at most " + maxBody + " bytes.");
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        exchange.answerWithin(timeout);
        if (!whole.isZero()) {
            exchange.endWithin(whole);
        }
        long length = exchange.body().length();
        if (length > maxBody) {
            return tooLarge.toResponse();
        }
        if (length == Body.UNKNOWN) {
            exchange.body(exchange.body().through(Counted::new));
        }
        return next.handle(exchange);
    }

    private final class Counted extends SeenStream {

        private long left = maxBody;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        protected void seen(byte[] octets, int offset, int count) throws RefusedException {
            left -= Math.max(0, count);
            if (left < 0) {
                throw new RefusedException(tooLarge);
            }
        }
    }
}
