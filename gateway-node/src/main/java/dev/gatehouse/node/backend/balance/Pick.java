package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one endpoint. It counts as running from the pick until {@link #end}; what became of it is told by one
 * call and goes to all who judge the endpoint by it.
 *
 * @param <R> how endpoints are reached
 */
public final class Pick<R> {

    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(Pick.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Balance<R> balance;
    private final Candidate<R> candidate;
    private final @Nullable Pick<R> previous;
    private final long began;
    /** Of its answer; 0 before it. */
    private int status;

    @SuppressWarnings("unused") // through ENDED
    private volatile boolean ended;

    Pick(Balance<R> balance, Candidate<R> candidate, @Nullable Pick<R> previous, long now) {
        this.balance = balance;
        this.candidate = candidate;
        this.previous = previous;
        began = now;
        candidate.endpoint().begin(this);
    }

    public Endpoint endpoint() {
        return candidate.endpoint();
    }

    public R reach() {
        return candidate.reach();
    }

    /** The attempt before this one of the same exchange; null for the first. */
    public @Nullable Pick<R> previous() {
        return previous;
    }

    /** Another attempt at the same endpoint, whatever is known of it. */
    public Pick<R> again() {
        return balance.again(candidate, this);
    }

    /** What keeps the client at this endpoint, as a value of {@code Set-Cookie}; null where nothing has to be said. */
    public @Nullable String cookie(Exchange exchange) {
        return balance.cookie(exchange, endpoint());
    }

    /** The head of the answer is here. */
    public void answered(int code) {
        status = code;
        long now = balance.now();
        balance.answered(this, code, now - began, now);
    }

    /** So is the whole of its body. */
    public void completed() {
        if (endpoint().brokenOff().getPlain() != 0) {
            endpoint().brokenOff().set(0);
        }
    }

    /** It is to blame that no answer comes. Ends the attempt. */
    public void failed(Failure failure) {
        balance.failed(this, failure, elapsed());
        end();
    }

    /**
     * The body ended early. Ends the attempt; before there was an answer, that is told another way.
     *
     * @param reason nobody is blamed where the time of the request was over
     */
    public void brokeOff(Refusal reason) {
        if (status != 0 && reason != Refusal.DEADLINE_EXCEEDED) {
            balance.brokeOff(endpoint(), status, elapsed(), reason == Refusal.UPSTREAM_BROKEN);
        }
        end();
    }

    /** Nothing can be said against it: the client left, or was itself at fault, or nothing was tried. Ends the attempt. */
    public void left() {
        endpoint().leave(this);
        endpoint().watch().left(elapsed());
        end();
    }

    /** Nothing more runs there for this exchange. By any thread, any number of times. */
    public void end() {
        if (ENDED.compareAndSet(this, false, true)) {
            endpoint().end();
        }
    }

    boolean has(Endpoint endpoint) {
        for (Pick<R> pick = this; pick != null; pick = pick.previous) {
            if (pick.endpoint() == endpoint) {
                return true;
            }
        }
        return false;
    }

    private long elapsed() {
        return balance.now() - began;
    }
}
