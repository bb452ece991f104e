package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.policy.Cors;
import dev.gatehouse.db.routing.Criteria;
import dev.gatehouse.node.exchange.Handler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route that runs.
 *
 * @param criteria which requests it takes
 * @param services what it was compiled with; null when it cannot be served
 * @param chain its filters, folded, with the backend at the end
 */
record CompiledRoute(
        String name,
        Route route,
        Criteria criteria,
        @Nullable RouteServices services,
        Handler chain) {

    /** Does anything of it ask which type of client is calling? */
    boolean asksForClientType() {
        if (!route.match().clients().isEmpty()) {
            return true;
        }
        for (var policy : route.policies()) {
            if (policy.asksForClientType()) {
                return true;
            }
        }
        return false;
    }

    /** Whether compiling it again would give the same. A route that was not loaded anew is the same object: no look inside. */
    boolean isOf(Route route, RouteServices services) {
        return Objects.equals(this.route, route) && services.equals(this.services);
    }

    /** Whether it answers for a browser's question if a request may be sent, whatever methods it takes. */
    boolean answersPreflights() {
        return route.policies().stream().anyMatch(Cors.class::isInstance);
    }
}
