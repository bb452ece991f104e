package dev.gatehouse.node.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Attempt;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a request, in the words of the access log. Neither query nor fields: they may hold what nobody is to
 * read.
 *
 * @param time when its head was read
 * @param code of the refusal, where it was one
 * @param cut why the body of the answer ended early
 * @param answered milliseconds until the answer began
 * @param ended milliseconds until it was over
 * @param attempts each time that a service was asked, in the order in which they began
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessLine(
        String time,
        @Nullable String id,
        @Nullable String trace,
        @Nullable String client,
        @Nullable String consumer,
        @Nullable String method,
        @Nullable String host,
        @Nullable String path,
        @Nullable String route,
        int status,
        @Nullable String code,
        @Nullable String cut,
        @Nullable Double answered,
        @Nullable Double ended,
        @Nullable List<Try> attempts) {

    /**
     * One time that a service was asked: it has a status, or a code, or was given up for another one.
     *
     * @param span its place in the trace
     * @param began milliseconds after the request
     * @param took milliseconds until the answer began
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Try(
            String target,
            @Nullable String span,
            @Nullable Integer status,
            @Nullable String code,
            double began,
            double took,
            @Nullable Boolean hedged,
            @Nullable Boolean givenUp) {

        static Try of(Attempt attempt, long since) {
            var failure = attempt.failure();
            boolean answered = attempt.status() != 0;
            return new Try(
                    attempt.target(),
                    attempt.span(),
                    answered ? attempt.status() : null,
                    failure == null ? null : failure.code(),
                    millis(attempt.began() - since),
                    millis(attempt.nanos()),
                    attempt.hedged() ? true : null,
                    (answered || failure != null) ? null : true);
        }
    }

    /** @param answeredAt on the clock of {@link System#nanoTime}; the answer is over now */
    static AccessLine of(Exchange exchange, Response response, long answeredAt, Instant now) {
        var rejection = response.rejection();
        return of(exchange, response.status(), rejection == null ? null : rejection.refusal(), answeredAt, now);
    }

    /** @param refusal null where a service has answered */
    static AccessLine of(Exchange exchange, int status, @Nullable Refusal refusal, long answeredAt, Instant now) {
        long ended = System.nanoTime() - exchange.began();
        var trace = exchange.trace();
        var caller = exchange.caller();
        var cut = exchange.cutBy();
        return new AccessLine(
                time(now.minusNanos(ended)),
                exchange.id(),
                trace == null ? null : trace.traceId(),
                exchange.client().literal(),
                caller == null ? null : caller.consumer(),
                exchange.method(),
                exchange.authority(),
                KeyText.conceal(exchange.path()),
                exchange.route(),
                status,
                refusal == null ? null : refusal.code(),
                cut == null ? null : cut.code(),
                millis(answeredAt - exchange.began()),
                millis(ended),
                tries(exchange));
    }

    /** Of what was no request, or none that could be handed on. */
    static AccessLine of(Refusal refusal, Instant now) {
        return new AccessLine(
                time(now),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                refusal.status(),
                refusal.code(),
                null,
                null,
                null,
                null);
    }

    private static @Nullable List<Try> tries(Exchange exchange) {
        var latest = exchange.attempts();
        if (latest == null) {
            return null;
        }
        var tries = new ArrayList<Attempt>(2);
        for (var attempt = latest; attempt != null; attempt = attempt.before()) {
            tries.add(attempt);
        }
        // one that was given up is known last, though it began first
        tries.sort((one, other) -> Long.signum(one.began() - other.began()));
        return tries.stream().map(attempt -> Try.of(attempt, exchange.began())).toList();
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
