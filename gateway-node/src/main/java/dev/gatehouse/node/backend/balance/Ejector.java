package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.settings.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Judges endpoints by what became of their requests. What an attempt costs here is a few reads. */
final class Ejector {

    /** Two answers that differ by less are equally fast. */
    private static final double NOTICEABLE = TimeUnit.MILLISECONDS.toNanos(10);

    private final InstantSource clock;
    private volatile Ejection settings = Ejection.NEVER;
    private volatile List<Endpoint> members = List.of();
    private long windowEnds = Long.MIN_VALUE;

    Ejector(InstantSource clock) {
        this.clock = clock;
    }

    /** What it goes by, and whom the share is one of. Where too many are ejected now, those that would be back first are. */
    synchronized void members(Ejection rules, List<Endpoint> endpoints, long now) {
        settings = rules;
        members = endpoints;
        while (out() * 100L > settings.share() * members.size()) {
            Endpoint first = null;
            long soonest = Long.MAX_VALUE;
            for (var endpoint : members) {
                var ejected = endpoint.ejected();
                if (ejected != null && (first == null || ejected.until() - now < soonest)) {
                    first = endpoint;
                    soonest = ejected.until() - now;
                }
            }
            if (first == null) {
                break;
            }
            first.reinstate(now);
        }
    }

    /** @return whether it is ejected now, or back */
    boolean answered(Pick<?> pick, int status, long elapsed, long now) {
        boolean gateway = status >= 502 && status <= 504;
        return judge(pick, gateway, status >= 500, elapsed, now, gateway ? "answered " + status : "5xx");
    }

    /** @return as {@link #answered} */
    boolean failed(Pick<?> pick, Failure failure, long elapsed, long now) {
        return judge(pick, true, true, elapsed, now, words(failure));
    }

    /**
     * A body broke off, whose head was told; so it has a count of its own, which heads leave alone.
     *
     * @return as {@link #answered}
     */
    boolean brokeOff(Endpoint endpoint, int status, long now) {
        if (settings.byInterval() && status < 500) {
            endpoint.window().brokeOff();
        }
        int broken = endpoint.brokenOff().incrementAndGet();
        return settings.gatewayErrors() > 0
                && broken >= settings.gatewayErrors()
                && endpoint.ejected() == null
                && eject(endpoint, now, broken == 1 ? "an answer broke off" : broken + " answers in a row broke off");
    }

    private boolean judge(Pick<?> pick, boolean gatewayError, boolean error, long elapsed, long now, String what) {
        var endpoint = pick.endpoint();
        if (settings.byInterval()) {
            endpoint.window().add(!error, elapsed);
        }
        if (!error && endpoint.errors().getPlain() != 0) {
            endpoint.errors().set(0);
        }
        if (!gatewayError && endpoint.gatewayErrors().getPlain() != 0) {
            endpoint.gatewayErrors().set(0);
        }
        var out = endpoint.ejected();
        if (out != null) {
            boolean failed = gatewayError || (error && (settings.errors() > 0 || settings.leastSuccess() > 0));
            return out.trial() && endpoint.tries(pick) && tried(endpoint, failed, now, what);
        }
        if (!error) {
            return false;
        }
        int errors = endpoint.errors().incrementAndGet();
        int gatewayErrors = gatewayError ? endpoint.gatewayErrors().incrementAndGet() : 0;
        if (settings.gatewayErrors() > 0 && gatewayErrors >= settings.gatewayErrors()) {
            return eject(endpoint, now, inARow(gatewayErrors, "failure", what));
        }
        return settings.errors() > 0
                && errors >= settings.errors()
                && eject(endpoint, now, inARow(errors, "error", what));
    }

    private static String inARow(int count, String kind, String last) {
        return count == 1 ? "one " + kind + ": " + last : count + " " + kind + "s in a row, the last: " + last;
    }

    private boolean tried(Endpoint endpoint, boolean failed, long now, String what) {
        if (failed) {
            return eject(endpoint, now, "failed the request on trial: " + what);
        }
        synchronized (this) {
            endpoint.reinstate(now);
        }
        return true;
    }

    private synchronized boolean eject(Endpoint endpoint, long now, String why) {
        var before = endpoint.ejected();
        if (before != null && !before.trial()) {
            return false;
        }
        int others = before == null ? out() : out() - 1;
        if ((others + 1) * 100L > settings.share() * members.size()) {
            return false;
        }
        endpoint.eject(out(endpoint, now, why, before == null ? clock.instant() : before.since()));
        return true;
    }

    private Ejected out(Endpoint endpoint, long now, String why, Instant since) {
        return new Ejected(since, why, now + endpoint.strike(now, settings).toNanos(), false);
    }

    /** Whether a probe that was due succeeded: if so it is back on trial, else out for longer. */
    synchronized void probed(Endpoint endpoint, boolean passed, String why, long now) {
        var out = endpoint.ejected();
        if (out != null && !out.trial()) {
            endpoint.eject(passed ? out.onTrial() : out(endpoint, now, "the probe failed: " + why, out.since()));
        }
    }

    /** Those whose time is over and who are to be probed. */
    List<Endpoint> due(long now) {
        var due = new ArrayList<Endpoint>();
        for (var endpoint : members) {
            var out = endpoint.ejected();
            if (out != null && !out.trial() && now - out.until() >= 0) {
                due.add(endpoint);
            }
        }
        return due;
    }

    /**
     * Looks at what was collected over an interval, once it is over.
     *
     * @return whether any is ejected now
     */
    synchronized boolean sweep(long now) {
        if (!settings.byInterval()) {
            windowEnds = Long.MIN_VALUE;
            return false;
        }
        if (windowEnds != Long.MIN_VALUE && now - windowEnds < 0) {
            return false;
        }
        boolean begun = windowEnds != Long.MIN_VALUE;
        windowEnds = now + settings.interval().toNanos();
        var sums = members.stream().map(endpoint -> endpoint.window().take()).toList();
        if (!begun) {
            return false;
        }
        double[] means = sums.stream()
                .filter(sum -> sum.requests() >= settings.leastRequests())
                .mapToDouble(Window.Sums::mean)
                .sorted()
                .toArray();
        boolean changed = false;
        for (int i = 0; i < sums.size(); i++) {
            var sum = sums.get(i);
            if (sum.requests() >= settings.leastRequests() && members.get(i).ejected() == null) {
                changed |= judge(members.get(i), sum, means, now);
            }
        }
        return changed;
    }

    private boolean judge(Endpoint endpoint, Window.Sums sum, double[] means, long now) {
        if (sum.success() < settings.leastSuccess()) {
            return eject(
                    endpoint,
                    now,
                    sum.success() + " % of " + sum.requests() + " requests succeeded in "
                            + Spans.write(settings.interval()));
        }
        // of two, the faster one: of an even number the lower middle
        double median = means[(means.length - 1) / 2];
        return settings.slowerThanOthers() > 0
                && sum.mean() > settings.slowerThanOthers() * median
                && sum.mean() > median + NOTICEABLE
                && eject(
                        endpoint,
                        now,
                        "answered in " + millis(sum.mean()) + " on average, others in " + millis(median));
    }

    private int out() {
        int out = 0;
        for (var endpoint : members) {
            out += endpoint.ejected() == null ? 0 : 1;
        }
        return out;
    }

    private static String millis(double nanos) {
        return Duration.ofNanos((long) nanos).toMillis() + " ms";
    }

    private static String words(Failure failure) {
        return switch (failure) {
            case UNREACHABLE -> "no connection";
            case REFUSED -> "took no request";
            case SILENT -> "closed the connection unanswered";
            case BROKEN -> "broke off or broke the protocol";
            case TIMEOUT -> "no answer in time";
        };
    }
}
