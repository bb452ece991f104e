package dev.gatehouse.node.traffic;

import dev.gatehouse.db.live.Counts;
import dev.gatehouse.db.live.LiveTraffic;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts every answer, refusals too, and adds the counts to Redis each second. Latency runs from the request's head to
 * the head of the answer, so that a slow reader does not look like a slow service.
 */
public final class LiveStats implements Handler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStats.class);
    private static final int MOST_ROUTES = 10_000;
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Handler next;
    private final LiveTraffic live;
    private final VersionCalls versions;
    private final Clock clock;
    private final Tally all = new Tally();
    private final Tally nowhere = new Tally();
    private final VersionTally byVersion = new VersionTally();
    private final Map<String, Tally> byRoute = new ConcurrentHashMap<>();
    private final Thread flusher;
    private volatile boolean closed;

    public LiveStats(Handler next, LiveTraffic live, VersionCalls versions, Clock clock) {
        this.next = next;
        this.live = live;
        this.versions = versions;
        this.clock = clock;
        this.flusher = Thread.ofVirtual().name("live-stats").start(this::run);
    }

    @Override
    public Response handle(Exchange exchange) {
        try {
            var response = next.handle(exchange);
            var rejection = response.rejection();
            if (rejection == null) {
                answered(exchange.route(), response.status(), System.nanoTime() - exchange.began());
            } else {
                refused(exchange.route(), rejection.refusal());
            }
            again(exchange);
            var call = exchange.versionCall();
            if (call != null) {
                byVersion.count(call);
            }
            return response;
        } catch (RuntimeException | Error e) {
            // the listener makes this answer of it
            refused(exchange.route(), Refusal.INTERNAL);
            throw e;
        }
    }

    /** What came to nothing before it could be handled. */
    public void refused(Refusal refusal) {
        refused(null, refusal);
    }

    private void answered(@Nullable String route, int status, long nanos) {
        all.answered(status, nanos);
        of(route).answered(status, nanos);
    }

    private void refused(@Nullable String route, Refusal refusal) {
        all.refused(refusal);
        of(route).refused(refusal);
    }

    private void again(Exchange exchange) {
        var last = exchange.attempts();
        if (last != null && last.before() != null) {
            all.again(last.number() - 1);
            of(exchange.route()).again(last.number() - 1);
        }
    }

    private Tally of(@Nullable String route) {
        if (route == null) {
            return nowhere;
        }
        var known = byRoute.get(route);
        if (known != null) {
            return known;
        }
        return byRoute.size() >= MOST_ROUTES ? nowhere : byRoute.computeIfAbsent(route, _ -> new Tally());
    }

    private void run() {
        boolean last;
        do {
            LockSupport.parkUntil((clock.instant().getEpochSecond() + 1) * 1_000);
            last = closed;
            flush();
        } while (!last);
    }

    /** Adds what was counted to the second that has just ended. What Redis does not take is given up: this is a live view, not a ledger. */
    private void flush() {
        var routes = new HashMap<String, Counts>();
        byRoute.forEach((route, tally) -> {
            var counts = tally.take();
            if (counts.requests() > 0) {
                routes.put(route, counts);
            }
        });
        var calls = byVersion.take();
        try {
            live.add(clock.instant().getEpochSecond() - 1, all.take(), routes);
            versions.add(clock.instant(), calls);
        } catch (JedisException e) {
            LOG.debug("Live counts of a second were not taken", e);
        }
    }

    /** Sends what was counted so far; waits for Redis no longer than a moment. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(flusher);
        try {
            flusher.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
