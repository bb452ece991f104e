package dev.gatehouse.node.traffic;

import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.live.KeyCalls.Calls;
import dev.gatehouse.db.store.KeyUses;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Remembers which keys are used: what is going on goes to Redis every few seconds; when each key was last used goes to
 * PostgreSQL, in batches and for each key at most about once an hour.
 */
public final class KeyTraffic implements Handler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyTraffic.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int AT_ONCE = 1_000;

    private final Handler next;
    private final KeyCalls live;
    private final KeyUses uses;
    private final String node;
    private final Clock clock;
    private final KeyTally tally = new KeyTally();
    private final LastWritten written = new LastWritten();
    private final List<KeyUses.Use> unwritten = new ArrayList<>();
    private final Thread flusher;
    private volatile boolean closed;

    /** @param node the name of this one */
    public KeyTraffic(Handler next, KeyCalls live, KeyUses uses, String node, Clock clock) {
        this.next = next;
        this.live = live;
        this.uses = uses;
        this.node = node;
        this.clock = clock;
        this.flusher = Thread.ofVirtual().name("key-traffic").start(this::run);
    }

    @Override
    public Response handle(Exchange exchange) {
        var response = next.handle(exchange);
        var caller = exchange.caller();
        if (caller != null && !caller.keyId().isEmpty()) {
            tally.count(caller, exchange.client());
        }
        return response;
    }

    private void run() {
        boolean last;
        do {
            LockSupport.parkNanos(PERIOD.toNanos());
            last = closed;
            flush();
        } while (!last);
    }

    /** What a store does not take is given up: the next use of the key tells it again. */
    void flush() {
        var now = clock.instant();
        var calls = tally.take(now);
        try {
            live.add(now, calls);
        } catch (JedisException e) {
            LOG.debug("Calls of keys were not taken", e);
        }
        remember(calls, now);
    }

    private void remember(List<Calls> calls, Instant now) {
        for (var call : calls) {
            if (written.due(call.id(), now)) {
                unwritten.add(new KeyUses.Use(call.id(), now, call.address()));
            }
        }
        try {
            for (int from = 0; from < unwritten.size(); from += AT_ONCE) {
                uses.write(node, unwritten.subList(from, Math.min(from + AT_ONCE, unwritten.size())));
            }
        } catch (JdbiException e) {
            LOG.debug("Uses of keys were not taken", e);
            unwritten.forEach(use -> written.forget(use.keyId()));
        }
        unwritten.clear();
    }

    /** Tells what was counted so far; waits no longer than a moment. */
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
