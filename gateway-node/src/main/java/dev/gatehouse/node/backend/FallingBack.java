package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Fallback;
import dev.gatehouse.db.model.Fallbacks;
import dev.gatehouse.db.model.LastAnswer;
import dev.gatehouse.db.model.OtherService;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Reply;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers in place of a service that fails. */
public final class FallingBack implements Handler {

    /** Of which the service knows nothing. */
    private static final Set<Refusal> UNSENT = EnumSet.of(
            Refusal.CIRCUIT_OPEN,
            Refusal.BULKHEAD_FULL,
            Refusal.POOL_FULL,
            Refusal.CONCURRENCY_LIMITED,
            Refusal.NO_HEALTHY_TARGET,
            Refusal.UPSTREAM_UNREACHABLE,
            Refusal.UPSTREAM_CONNECT_TIMEOUT);

    private static final Set<Fallbacks.On> UNUSABLE = EnumSet.of(
            Fallbacks.On.UNREACHABLE,
            Fallbacks.On.BROKEN,
            Fallbacks.On.TIMEOUT,
            Fallbacks.On.CIRCUIT_OPEN,
            Fallbacks.On.FULL);

    /** One way out; null when it leads nowhere for this request. */
    private interface Way {
        @Nullable
        Response answer(Exchange exchange, boolean again);
    }

    private final Handler next;
    private final Set<Fallbacks.On> on;
    private final Set<Integer> statuses;
    private final List<Way> ways;
    private final @Nullable LastAnswers last;

    /**
     * @param service what answers for a service of that name
     * @param answers where the last ones of this route are kept
     */
    public FallingBack(
            Handler next,
            Fallbacks settings,
            Function<String, Handler> service,
            Function<LastAnswer, LastAnswers> answers) {
        this.next = next;
        on = settings.on().isEmpty() ? UNUSABLE : EnumSet.copyOf(settings.on());
        statuses = on.stream().map(Fallbacks.On::status).collect(Collectors.toSet());
        last = settings.instead().stream()
                .filter(LastAnswer.class::isInstance)
                .map(LastAnswer.class::cast)
                .findFirst()
                .map(answers)
                .orElse(null);
        ways = settings.instead().stream().map(step -> way(step, service)).toList();
    }

    private Way way(Fallback step, Function<String, Handler> service) {
        return switch (step) {
            case Reply reply -> {
                var fixed = new FixedReply(reply);
                yield (exchange, _) -> fixed.handle(exchange);
            }
            case OtherService(var name) -> {
                var other = service.apply(name);
                // without time it could only fail, and would be blamed for it
                yield (exchange, again) -> again && exchange.nanosLeft() > 0 ? good(other.handle(exchange)) : null;
            }
            case LastAnswer _ -> (exchange, _) -> last == null ? null : last.find(exchange);
        };
    }

    @Override
    public Response handle(Exchange exchange) {
        var untouched = untouched(exchange);
        var response = next.handle(exchange);
        if (!failed(response)) {
            return last == null ? response : last.remember(exchange, response);
        }
        var rejection = response.rejection();
        boolean unsent = rejection != null && UNSENT.contains(rejection.refusal()) && untouched.unread();
        boolean again = unsent || (Replay.harmless(exchange) && Replay.whole(exchange));
        for (var way : ways) {
            var answer = way.answer(exchange, again);
            if (answer != null) {
                response.close();
                return answer;
            }
        }
        return response;
    }

    /** Whether a response is a reason to answer something else. */
    private boolean failed(Response response) {
        var rejection = response.rejection();
        if (rejection == null) {
            return response.status() >= 400 && statuses.contains(response.status());
        }
        return switch (rejection.refusal()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_CONNECT_TIMEOUT, NO_HEALTHY_TARGET ->
                on.contains(Fallbacks.On.UNREACHABLE);
            case UPSTREAM_BROKEN -> on.contains(Fallbacks.On.BROKEN);
            case UPSTREAM_TIMEOUT, UPSTREAM_TRY_TIMEOUT, DEADLINE_EXCEEDED -> on.contains(Fallbacks.On.TIMEOUT);
            case CIRCUIT_OPEN -> on.contains(Fallbacks.On.CIRCUIT_OPEN);
            case BULKHEAD_FULL, POOL_FULL, CONCURRENCY_LIMITED -> on.contains(Fallbacks.On.FULL);
            default -> false;
        };
    }

    private @Nullable Response good(Response response) {
        if (!failed(response)) {
            return response;
        }
        response.close();
        return null;
    }

    private static Untouched untouched(Exchange exchange) {
        var untouched = new Untouched();
        if (!Replay.whole(exchange)) {
            exchange.body(exchange.body().through(untouched));
        }
        return untouched;
    }

    /** Knows whether anybody has begun to read a body. */
    private static final class Untouched implements UnaryOperator<InputStream> {

        private volatile boolean begun;

        @Override
        public InputStream apply(InputStream in) {
            begun = true;
            return in;
        }

        boolean unread() {
            return !begun;
        }
    }
}
