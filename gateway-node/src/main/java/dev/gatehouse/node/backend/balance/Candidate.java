package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.store.TargetState.Condition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as one configuration has it.
 *
 * @param weight more than 0
 * @param priority 0 is asked first
 * @param <R> how endpoints are reached
 */
public record Candidate<R>(Endpoint endpoint, R reach, double weight, int priority, Target.State state) {

    /** Whether it was not tried yet for the exchange and nobody objects; then it is taken. */
    boolean takes(@Nullable Pick<R> previous) {
        var watch = endpoint.watch();
        if ((previous != null && previous.has(endpoint)) || !watch.admits() || !endpoint.enter()) {
            return false;
        }
        if (watch.enter()) {
            return true;
        }
        endpoint.leave();
        return false;
    }

    /** It is asked once more, whatever anybody says to it: the place that the attempt before has given back is taken again. */
    void retaken() {
        var _ = endpoint.enter();
        var _ = endpoint.watch().enter();
    }

    /** Might it take any request, as far as is known? */
    boolean usable() {
        return state == Target.State.ACTIVE && endpoint.usable();
    }

    /** With a part of its weight. */
    Candidate<R> slowed(Duration start, long now) {
        double part = endpoint.start().part(start, now);
        return part == 1 ? this : new Candidate<>(endpoint, reach, weight * part, priority, state);
    }

    /** What is to be told of it. */
    public EndpointState told() {
        var verdict = endpoint.verdict();
        var ejected = endpoint.ejected();
        var objection = endpoint.watch().objection();
        if (state == Target.State.HELD) {
            return endpoint.told(Condition.HELD, Instant.EPOCH, "");
        }
        if (!verdict.healthy()) {
            return endpoint.told(
                    verdict.known() ? Condition.UNHEALTHY : Condition.STARTING, verdict.since(), verdict.why());
        }
        if (ejected != null) {
            return endpoint.told(
                    ejected.trial() ? Condition.ON_TRIAL : Condition.EJECTED, ejected.since(), ejected.why());
        }
        if (objection != null) {
            return endpoint.told(Condition.BROKEN, objection.since(), objection.why());
        }
        if (state == Target.State.DRAINED) {
            return endpoint.told(Condition.DRAINED, Instant.EPOCH, "");
        }
        return endpoint.told(
                endpoint.start().full() ? Condition.IN_USE : Condition.STARTING, verdict.since(), verdict.why());
    }
}
