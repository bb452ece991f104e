package dev.gatehouse.node.traffic;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Attempt;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.TraceContext;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells an OpenTelemetry collector of each sampled request once its answer is over: a span of the gateway's own, and
 * beneath it one for each time that a service was asked, under the id that the service was told. Names are those of
 * OpenTelemetry's conventions for HTTP. Who is served never waits for the collector.
 */
public final class Traces implements Handler, AutoCloseable {

    private static final Set<String> METHODS =
            Arrays.stream(Method.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    /** What conventions call a method that they do not know. */
    private static final String OTHER = "_OTHER";

    private static final long FAREWELL_SECONDS = 2;
    private static final int BAD = 400;
    private static final int FAILED = 500;

    private final Handler next;
    private final Clock clock;
    private final KnownIds ids = new KnownIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param node its name */
    public Traces(Handler next, Collector collector, String node, Clock clock) {
        this.next = next;
        this.clock = clock;
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.uri().toString())
                .setMeterProvider(MeterProvider.noop());
        collector.headers().forEach(exporter::addHeader);
        provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.builder()
                        .put("service.name", collector.service())
                        .put("service.instance.id", node)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setMeterProvider(MeterProvider.noop())
                        .build())
                .build();
        tracer = provider.get("dev.gatehouse");
    }

    @Override
    public Response handle(Exchange exchange) {
        try {
            var response = next.handle(exchange);
            return response.whenClosed(() -> {
                var rejection = response.rejection();
                tell(exchange, response.status(), rejection == null ? null : rejection.refusal());
            });
        } catch (RuntimeException | Error e) {
            // the listener makes this answer of it
            tell(exchange, Refusal.INTERNAL.status(), Refusal.INTERNAL);
            throw e;
        }
    }

    private void tell(Exchange exchange, int status, @Nullable Refusal refusal) {
        var trace = exchange.trace();
        if (trace == null || !trace.sampled()) {
            return;
        }
        long now = System.nanoTime();
        var instant = clock.instant();
        var times = new Times(TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano() - now);
        var own = own(exchange, trace, status, refusal, times);
        var within = Context.root().with(own);
        for (var attempt = exchange.attempts(); attempt != null; attempt = attempt.before()) {
            tell(exchange, attempt, trace.traceId(), within, times);
        }
        own.end(times.epoch(now), TimeUnit.NANOSECONDS);
    }

    /** From the clock of {@link System#nanoTime} to that of the world. */
    private record Times(long offset) {

        long epoch(long nanos) {
            return nanos + offset;
        }
    }

    private Span own(Exchange exchange, TraceContext trace, int status, @Nullable Refusal refusal, Times times) {
        var method = method(exchange);
        var route = exchange.route();
        var builder = tracer.spanBuilder(route == null ? method : method + " " + route)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent(trace))
                .setStartTimestamp(times.epoch(exchange.began()), TimeUnit.NANOSECONDS)
                .setAttribute("http.request.method", method)
                .setAttribute("url.scheme", exchange.scheme())
                .setAttribute("url.path", KeyText.conceal(exchange.path()))
                .setAttribute("client.address", exchange.client().literal())
                .setAttribute("network.protocol.version", exchange.version())
                .setAttribute("http.response.status_code", status)
                .setAttribute("gatehouse.request.id", exchange.id());
        addressed(builder, exchange.authority());
        if (route != null) {
            builder.setAttribute("gatehouse.route", route);
        }
        var caller = exchange.caller();
        if (caller != null) {
            builder.setAttribute("gatehouse.consumer", caller.consumer());
        }
        var cut = exchange.cutBy();
        var failure = cut == null ? refusal : cut;
        var span = made(builder, trace.traceId(), null, failure, status);
        if (cut != null || status >= FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        return span;
    }

    /** @param authority well-formed, with a port or without */
    private static void addressed(SpanBuilder builder, String authority) {
        int colon = authority.lastIndexOf(':');
        boolean told = colon > authority.lastIndexOf(']');
        builder.setAttribute("server.address", told ? authority.substring(0, colon) : authority);
        if (told && colon + 1 < authority.length()) {
            builder.setAttribute("server.port", Long.parseLong(authority, colon + 1, authority.length(), 10));
        }
    }

    private void tell(Exchange exchange, Attempt attempt, String trace, Context within, Times times) {
        var builder = tracer.spanBuilder(method(exchange))
                .setSpanKind(SpanKind.CLIENT)
                .setParent(within)
                .setStartTimestamp(times.epoch(attempt.began()), TimeUnit.NANOSECONDS)
                .setAttribute("http.request.method", method(exchange))
                .setAttribute("gatehouse.target", attempt.target());
        if (attempt.status() > 0) {
            builder.setAttribute("http.response.status_code", attempt.status());
        }
        if (attempt.hedged()) {
            builder.setAttribute("gatehouse.hedged", true);
        } else if (attempt.before() != null) {
            builder.setAttribute("http.request.resend_count", attempt.number() - 1);
        }
        boolean givenUp = attempt.status() == 0 && attempt.failure() == null;
        if (givenUp) {
            builder.setAttribute("gatehouse.given_up", true);
        }
        var span = made(builder, trace, attempt.span(), attempt.failure(), attempt.status());
        if (attempt.failure() != null || attempt.status() >= BAD) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(times.epoch(attempt.began() + attempt.nanos()), TimeUnit.NANOSECONDS);
    }

    /** What went wrong is named by its code, and by its status where only that is known. */
    private Span made(SpanBuilder builder, String trace, @Nullable String span, @Nullable Refusal failure, int status) {
        if (failure != null) {
            builder.setAttribute("gatehouse.code", failure.code());
        }
        if (status >= FAILED || (failure != null && failure.status() >= FAILED)) {
            builder.setAttribute("error.type", failure == null ? Integer.toString(status) : failure.code());
        }
        return ids.in(trace, span, builder::startSpan);
    }

    private static String method(Exchange exchange) {
        return METHODS.contains(exchange.method()) ? exchange.method() : OTHER;
    }

    private static Context parent(TraceContext trace) {
        var parent = trace.parent();
        return parent == null
                ? Context.root()
                : Context.root()
                        .with(Span.wrap(SpanContext.createFromRemoteParent(
                                trace.traceId(), parent, TraceFlags.getSampled(), TraceState.getDefault())));
    }

    /** Sends what waits; not for longer than a moment. */
    @Override
    public void close() {
        provider.shutdown().join(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
