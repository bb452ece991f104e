package dev.gatehouse.node.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A destination that takes no connection: until when nobody tries again. That is an eighth of the time for which it has
 * been so, and never longer than given. So one that is back is found nearly at once, and while it is away it costs a few
 * connections a second, not one for each request.
 */
final class Absence {

    private static final int PART = 8;

    /** @param why for the log */
    private record Seen(long since, long until, String why) {}

    private final long longest;
    private volatile @Nullable Seen seen;

    /** @param longest zero: each one tries */
    Absence(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** Why it need not be tried; null where it may be. */
    @Nullable
    String reason(long now) {
        var known = seen;
        return known == null || now - known.until >= 0 ? null : known.why;
    }

    /** It took no connection. One that nobody has tried for long was not away all the time. */
    synchronized void noticed(long began, long now, String why) {
        var known = seen;
        long since = known == null || now - known.until > longest ? began : known.since;
        seen = new Seen(since, now + Math.min(longest, (now - since) / PART), why);
    }

    /** It took one. */
    void over() {
        if (seen != null) {
            seen = null;
        }
    }
}
