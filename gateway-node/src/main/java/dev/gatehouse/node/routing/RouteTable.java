package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.PathParameters;
import dev.gatehouse.node.exchange.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything compiled from one snapshot; immutable. */
public class RouteTable {

    private static final Handler NO_ROUTE =
            _ -> Rejection.of(Refusal.NO_ROUTE, "No route takes this path.").toResponse();

    /** Before the first configuration. */
    public static final RouteTable NONE = new RouteTable(Map.of(), new PathTree<>()) {
        @Override
        Handler match(Exchange exchange) {
            return _ -> Rejection.of(Refusal.NO_CONFIGURATION, "This node has not received a configuration yet.")
                    .with("Retry-After", "5")
                    .toResponse();
        }
    };

    private final Map<String, CompiledRoute> routes;
    private final PathTree<CompiledRoute> tree;

    RouteTable(Map<String, CompiledRoute> routes, PathTree<CompiledRoute> tree) {
        this.routes = routes;
        this.tree = tree;
    }

    Map<String, CompiledRoute> routes() {
        return routes;
    }

    public int size() {
        return routes.size();
    }

    /**
     * The chain of the most specific route that takes the path and the method. Where routes take the path but none the
     * method, 405 with {@code Allow}; where none takes the path, 404.
     */
    Handler match(Exchange exchange) {
        var candidates = tree.find(exchange.path());
        for (var candidate : candidates) {
            if (candidate.route().match().takes(exchange.method())) {
                exchange.route(candidate.name(), PathParameters.NONE);
                return candidate.chain();
            }
        }
        return candidates.isEmpty() ? NO_ROUTE : methodNotAllowed(candidates);
    }

    private static Handler methodNotAllowed(List<CompiledRoute> candidates) {
        var allowed = Arrays.stream(Method.values())
                .map(Enum::name)
                .filter(method -> candidates.stream()
                        .anyMatch(candidate -> candidate.route().match().takes(method)))
                .collect(Collectors.joining(", "));
        return exchange -> Rejection.of(
                        Refusal.METHOD_NOT_ALLOWED,
                        exchange.method() + " is not taken here; these are: " + allowed + ".")
                .with("Allow", allowed)
                .toResponse();
    }
}
