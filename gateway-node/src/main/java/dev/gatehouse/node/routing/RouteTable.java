package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.routing.Filed;
import dev.gatehouse.db.routing.Found;
import dev.gatehouse.db.routing.RouteIndex;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.PathParameters;
import dev.gatehouse.node.exchange.Rejection;
import java.util.List;
import java.util.Map;

/** Everything compiled from one snapshot; immutable. */
public class RouteTable {

    private static final Handler NO_ROUTE =
            _ -> Rejection.of(Refusal.NO_ROUTE, "No route takes this request.").toResponse();

    /** Before the first configuration. */
    public static final RouteTable NONE = new RouteTable(Map.of()) {
        @Override
        Handler match(Exchange exchange) {
            return _ -> Rejection.of(Refusal.NO_CONFIGURATION, "This node has not received a configuration yet.")
                    .with("Retry-After", "5")
                    .toResponse();
        }
    };

    private final Map<String, CompiledRoute> routes;
    private final RouteIndex<CompiledRoute> index;

    RouteTable(Map<String, CompiledRoute> routes) {
        this.routes = routes;
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
        return switch (index.find(new ExchangeFacts(exchange))) {
            case Found.Taken<CompiledRoute> taken -> {
                exchange.route(taken.name(), taken.hasParameters() ? taken::parameter : PathParameters.NONE);
                yield taken.thing().chain();
            }
            case Found.MethodNotAllowed<CompiledRoute>(var methods) -> methodNotAllowed(methods);
            case Found.NoRoute<CompiledRoute> _ -> NO_ROUTE;
        };
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
