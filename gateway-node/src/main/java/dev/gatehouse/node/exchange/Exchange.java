package dev.gatehouse.node.exchange;

import dev.gatehouse.db.model.Refusal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One request and what is learned about it on its way. Used by one thread at a time. */
public final class Exchange {

    private final String id;
    private RequestLine line;
    private final Client client;
    private final Headers headers;
    private final Downstream downstream;
    private final long began;
    private Body body;
    private long withinNanos = Long.MAX_VALUE;
    private long wholeNanos = Long.MAX_VALUE;
    private BooleanSupplier admitted = () -> true;
    private Runnable onAbandon = () -> {};
    private boolean abandoned;
    private @Nullable String route;
    private PathParameters parameters = PathParameters.NONE;
    private @Nullable Outbound outbound;
    private @Nullable Caller caller;
    private @Nullable String clientType;
    private @Nullable VersionCall versionCall;
    private @Nullable Rejection refusal;
    private @Nullable TraceContext trace;
    private @Nullable Attempt attempts;
    private @Nullable Exchange original;
    private volatile @Nullable Refusal cut;

    /** @param id the request id: what the caller sent when well-formed, else a UUIDv7 */
    public Exchange(String id, RequestLine line, Client client, Headers headers, Body body, Downstream downstream) {
        this(id, line, client, headers, body, downstream, System.nanoTime());
    }

    private Exchange(
            String id, RequestLine line, Client client, Headers headers, Body body, Downstream downstream, long began) {
        this.began = began;
        this.id = id;
        this.line = line;
        this.client = client;
        this.headers = headers;
        this.body = body;
        this.downstream = downstream;
    }

    /** The same request, to be answered once more and to nobody; without its body. */
    public Exchange copy(Downstream nowhere) {
        return new Exchange(id, line, client, headers.copy(), Body.empty(), nowhere).like(this);
    }

    /**
     * The same request once more, beside this one and in the same time: its answer may become this one's.
     *
     * @param fields of the request; may be shared with this one where nobody changes them any more
     */
    public Exchange rival(Headers fields, Downstream nowhere) {
        var rival = new Exchange(id, line, client, fields, body, nowhere, began).like(this);
        rival.withinNanos = withinNanos;
        rival.wholeNanos = wholeNanos;
        rival.original = this;
        return rival;
    }

    private Exchange like(Exchange other) {
        route = other.route;
        parameters = other.parameters;
        outbound = other.outbound;
        caller = other.caller;
        trace = other.trace;
        return this;
    }

    public String id() {
        return id;
    }

    public String method() {
        return line.method();
    }

    /** http or https, as the client saw it. */
    public String scheme() {
        return client.scheme();
    }

    public String authority() {
        return line.authority();
    }

    public String path() {
        return line.path();
    }

    public @Nullable String query() {
        return line.query();
    }

    /** From here on that is the query: one that held a credential is seen by nobody who comes later. */
    public void query(@Nullable String without) {
        line = new RequestLine(line.method(), line.authority(), line.path(), without, line.version());
    }

    /** Of HTTP, in which it came: 1.0, 1.1 or 2. */
    public String version() {
        return line.version();
    }

    /** Mutable: a filter changes them on the way in. */
    public Headers headers() {
        return headers;
    }

    public Body body() {
        return body;
    }

    /** From here on that is what is read. */
    public void body(Body replacement) {
        body = replacement;
    }

    public Client client() {
        return client;
    }

    public Downstream downstream() {
        return downstream;
    }

    /** When its head was read, on the clock of {@link System#nanoTime}. */
    public long began() {
        return began;
    }

    /** The answer has to begin within that time from the request's head, the upload included. */
    public void answerWithin(Duration time) {
        withinNanos = time.toNanos();
    }

    /** What is left of {@link #answerWithin}, in nanoseconds; negative when it is over, very large when nothing was said. */
    public long nanosLeft() {
        return nanosLeft(System.nanoTime());
    }

    /** As {@link #nanosLeft()}, where it is known how late it is. */
    public long nanosLeft(long now) {
        return withinNanos - (now - began);
    }

    /** The answer has to have ended within that time from the request's head. */
    public void endWithin(Duration time) {
        wholeNanos = time.toNanos();
    }

    /** What is left then of {@link #endWithin}, in nanoseconds; negative when it is over, very large when nothing was said. */
    public long nanosToEnd(long now) {
        return wholeNanos - (now - began);
    }

    /**
     * Waits that long, or until it has to be answered. True, and at once, when the client takes the request back; what was
     * to be done then is to be done afterwards as before.
     */
    public boolean pause(long nanos) {
        var gone = new CountDownLatch(1);
        Runnable before;
        synchronized (this) {
            before = onAbandon;
        }
        whenAbandoned(gone::countDown);
        try {
            if (gone.await(Math.min(nanos, nanosLeft()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            whenAbandoned(before);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Asked again and again while a tunnel is open: whether the caller may still be here. */
    public boolean admitted() {
        return admitted.getAsBoolean();
    }

    /** @param condition holds beside those that were set before; thread-safe and cheap */
    public void admittedWhile(BooleanSupplier condition) {
        var before = admitted;
        admitted = () -> before.getAsBoolean() && condition.getAsBoolean();
    }

    /**
     * What ends the work for it when the client takes the request back: done once, by another thread, and at once when
     * that has happened. The last one said counts.
     */
    public void whenAbandoned(Runnable action) {
        synchronized (this) {
            if (!abandoned) {
                onAbandon = action;
                return;
            }
        }
        action.run();
    }

    /** The client took the request back, or is gone. May be called more than once, by any thread. */
    public void abandon() {
        Runnable action;
        synchronized (this) {
            action = onAbandon;
            onAbandon = () -> {};
            abandoned = true;
        }
        action.run();
    }

    public synchronized boolean abandoned() {
        return abandoned;
    }

    /** The name of the matched route; null before and without a match. */
    public @Nullable String route() {
        return route;
    }

    /** What the matched route's pattern took of the path; none before a match. */
    public PathParameters parameters() {
        return parameters;
    }

    public void route(String name, PathParameters taken) {
        route = name;
        parameters = taken;
    }

    /** What a service is asked for; null where that is what the client asked for. */
    public @Nullable Outbound outbound() {
        return outbound;
    }

    public void outbound(Outbound rewritten) {
        outbound = rewritten;
    }

    /** Null until a credential has been checked, and for a public route. */
    public @Nullable Caller caller() {
        return caller;
    }

    public void caller(Caller known) {
        caller = known;
    }

    /** The name of the client type; null where nothing of the matched route asks for it, and for a client of no type. */
    public @Nullable String clientType() {
        return clientType;
    }

    public void clientType(@Nullable String name) {
        clientType = name;
    }

    /** What was decided when the request was matched, to be told by the route's chain; null when nothing is against it. */
    public @Nullable Rejection refusal() {
        return refusal;
    }

    public void refuse(Rejection decided) {
        refusal = decided;
    }

    /** Null until a version of an API has been asked for and answered. */
    public @Nullable VersionCall versionCall() {
        return versionCall;
    }

    public void versionCall(VersionCall call) {
        versionCall = call;
    }

    /** Null until the request has been looked at as a hop of a trace. */
    public @Nullable TraceContext trace() {
        return trace;
    }

    public void trace(TraceContext position) {
        trace = position;
    }

    /** The next service that is asked is told of a span of its own, so that it can be told from the one before. */
    public void traceAnew() {
        if (trace != null) {
            trace = trace.beside();
            headers.set("traceparent", trace.traceparent());
        }
    }

    /** The last time that a service was asked for it, from which the others are found; null before the first. */
    public @Nullable Attempt attempts() {
        return attempts;
    }

    public void attempted(Attempt latest) {
        attempts = latest;
    }

    /** May a service have seen it, whatever came of that? */
    public boolean reached() {
        for (var attempt = attempts; attempt != null; attempt = attempt.before()) {
            if (attempt.reached()) {
                return true;
            }
        }
        return false;
    }

    /** Why the body of the answer ended early; null when it did not, or has not yet. */
    public @Nullable Refusal cutBy() {
        return cut;
    }

    public void cut(Refusal reason) {
        cut = reason;
        if (original != null) {
            original.cut(reason);
        }
    }
}
