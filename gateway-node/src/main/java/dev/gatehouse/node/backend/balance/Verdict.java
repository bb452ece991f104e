package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.HealthCheck;
import java.time.Instant;

/**
 * What active checks say of an endpoint.
 *
 * @param healthy whether it is to be used; as long as nothing was said, that depends on whether others are
 * @param streak checks in a row that said otherwise
 * @param why in a few words
 */
record Verdict(boolean known, boolean healthy, int streak, Instant since, String why) {

    static Verdict none(Instant now) {
        return new Verdict(false, true, 0, now, "");
    }

    /** It comes to others that are in use: it has to pass its first check before it is. */
    static Verdict unproven(Instant now) {
        return new Verdict(false, false, 0, now, "not checked yet");
    }

    /** After one check more. */
    Verdict after(boolean passed, String what, HealthCheck settings, Instant now) {
        if (!known) {
            return new Verdict(true, passed, 0, now, what);
        }
        if (passed == healthy) {
            return new Verdict(true, healthy, 0, since, healthy ? what : why);
        }
        long needed = passed ? settings.healthyAfter() : settings.unhealthyAfter();
        return streak + 1 < needed
                ? new Verdict(true, healthy, streak + 1, since, why)
                : new Verdict(true, passed, 0, now, what);
    }
}
