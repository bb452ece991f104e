package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.recognition.Asked;
import dev.gatehouse.db.recognition.Recognition;
import dev.gatehouse.db.routing.Filed;
import dev.gatehouse.db.routing.Found;
import dev.gatehouse.db.routing.RouteIndex;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PathParameters;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.filter.ApiVersioning;
import dev.gatehouse.node.filter.Preflight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything compiled from one snapshot; immutable. */
public class RouteTable {

    private static final Handler NO_ROUTE =
            _ -> Rejection.of(Refusal.NO_ROUTE, "No route takes this request.").toResponse();

    /** Before the first configuration. */
    public static final RouteTable NONE = new RouteTable(Map.of(), Recognition.NONE, _ -> Optional.empty()) {
        @Override
        Handler match(Exchange exchange) {
            return _ -> Rejection.of(Refusal.NO_CONFIGURATION, "This node has not received a configuration yet.")
                    .with("Retry-After", "5")
                    .toResponse();
        }
    };

    private final Map<String, CompiledRoute> routes;
    private final RouteIndex<CompiledRoute> index;
    private final Recognition recognition;
    private final Function<Headers, Optional<Caller>> callers;

    /** @param callers finds who holds the key among the fields of a request */
    RouteTable(
            Map<String, CompiledRoute> routes, Recognition recognition, Function<Headers, Optional<Caller>> callers) {
        this.routes = routes;
        this.recognition = recognition;
        this.callers = callers;
        this.index = new RouteIndex<>(routes.values().stream()
                .map(route -> new Filed<>(route.name(), route.criteria(), route))
                .toList());
    }

    Map<String, CompiledRoute> routes() {
        return routes;
    }

    public int size() {
        return routes.size();
    }

    /**
     * The chain of the route that takes the request. Where none does, 405 with {@code Allow} if one would take it with
     * another method, else 404.
     */
    Handler match(Exchange exchange) {
        var preflight = Preflight.of(exchange);
        if (preflight != null) {
            var facts = facts(exchange, preflight.method());
            if (index.find(facts) instanceof Found.Taken<CompiledRoute> asked
                    && asked.thing().answersPreflights()) {
                // the browser asks whoever will take the request itself, whether or not that takes OPTIONS; it names no
                // version, since it sends none of the fields that the request will have
                exchange.route(asked.name(), PathParameters.NONE);
                return asked.thing().chain();
            }
        }
        var facts = facts(exchange, exchange.method());
        return switch (index.find(facts)) {
            case Found.Taken<CompiledRoute> taken -> take(taken, facts, exchange);
            case Found.MethodNotAllowed<CompiledRoute>(var methods) -> methodNotAllowed(methods);
            case Found.NoRoute<CompiledRoute> _ -> NO_ROUTE;
        };
    }

    private ExchangeFacts facts(Exchange exchange, String method) {
        return new ExchangeFacts(exchange, method, recognition, callers);
    }

    private Handler take(Found.Taken<CompiledRoute> taken, ExchangeFacts facts, Exchange exchange) {
        exchange.route(taken.name(), taken.hasParameters() ? taken::parameter : PathParameters.NONE);
        return chain(taken.thing(), facts, exchange);
    }

    private Handler chain(CompiledRoute compiled, ExchangeFacts facts, Exchange exchange) {
        if (compiled.asksForClientType()) {
            exchange.clientType(facts.clientType());
        }
        var name = compiled.route().match().api();
        var versions = name.isEmpty() ? null : recognition.api(name);
        var asked = versions == null ? null : facts.asked(name);
        if (versions == null || asked == null) {
            return compiled.chain();
        }
        // a protected route tells by itself who is calling, but for requests that do not get that far
        boolean told = asked instanceof Asked.Served && !compiled.route().isPublic();
        return new ApiVersioning(name, versions.api(), asked, told ? null : facts.consumer()).before(compiled.chain());
    }

    private static Handler methodNotAllowed(List<String> methods) {
        var allowed = String.join(", ", methods);
        return exchange -> Rejection.of(
                        Refusal.METHOD_NOT_ALLOWED,
                        exchange.method() + " is not taken here; these are: " + allowed + ".")
                .with("Allow", allowed)
                .toResponse();
    }
}
