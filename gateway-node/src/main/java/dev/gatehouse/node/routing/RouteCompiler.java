package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.recognition.Recognition;
import dev.gatehouse.db.routing.Criteria;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.filter.Filters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a table from a snapshot, beside the live one. What did not change is carried over as it lives. */
public final class RouteCompiler {

    private static final Logger LOG = LoggerFactory.getLogger(RouteCompiler.class);

    private final Filters filters;
    private final Backends backends;

    public RouteCompiler(Filters filters, Backends backends) {
        this.filters = filters;
        this.backends = backends;
    }

    /**
     * What came of compiling.
     *
     * @param problems one sentence for each route that cannot run as configured; it keeps its last good chain, or answers 503
     */
    public record Compiled(RouteTable table, List<String> problems) {}

    /** Never throws for a row: a route that cannot be compiled is told of and the others serve. */
    public Compiled compile(Snapshot snapshot, RouteTable previous) {
        // by name, as the snapshot has them: the index sorts what is nearly in order
        var routes = new LinkedHashMap<String, CompiledRoute>();
        var problems = new ArrayList<String>();
        snapshot.routes().forEach((name, route) -> {
            var services = RouteServices.of(route, snapshot);
            var old = previous.routes().get(name);
            var compiled =
                    old != null && old.isOf(route, services) ? old : compile(name, route, services, old, problems);
            if (compiled != null) {
                routes.put(name, compiled);
            }
        });
        backends.keep(routes.values().stream()
                .flatMap(route -> route.route().services().values().stream())
                .collect(Collectors.toSet()));
        return new Compiled(new RouteTable(routes, new Recognition(snapshot), filters::caller), problems);
    }

    /** @return null when not even its match can be compiled and there is nothing to keep */
    private @Nullable CompiledRoute compile(
            String name, Route route, RouteServices services, @Nullable CompiledRoute old, List<String> problems) {
        Criteria criteria = null;
        String reason;
        try {
            criteria = old != null && old.route().match().equals(route.match())
                    ? old.criteria()
                    : route.match().criteria();
            var chain = filters.chain(
                    name,
                    route,
                    backends.of(name, route, services),
                    service -> backends.proxy(route, services, service));
            return new CompiledRoute(name, route, criteria, services, chain);
        } catch (RuntimeException e) {
            LOG.error("Route '{}' cannot be compiled", name, e);
            reason = String.valueOf(e.getMessage());
        }
        if (old != null && old.services() != null) {
            problems.add("Route '" + name + "' keeps its previous state: " + reason + ".");
            return old;
        }
        if (criteria == null) {
            problems.add("Route '" + name + "' takes no request: " + reason);
            return null;
        }
        problems.add("Route '" + name + "' answers 503: " + reason + ".");
        var broken = Rejection.of(Refusal.ROUTE_BROKEN, "This route cannot be served as it is configured.");
        return new CompiledRoute(name, route, criteria, null, _ -> broken.toResponse());
    }
}
