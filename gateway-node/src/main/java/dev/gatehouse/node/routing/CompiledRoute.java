package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.routing.Criteria;
import dev.gatehouse.node.exchange.Handler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route that runs.
 *
 * @param criteria which requests it takes
 * @param service what it was compiled with; null when the route names none that exists
 * @param certificate what the service's targets are shown; null for nothing
 * @param chain its filters, folded, with the backend at the end
 */
record CompiledRoute(
        String name,
        Route route,
        Criteria criteria,
        @Nullable Service service,
        @Nullable Certificate certificate,
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

    /** Whether compiling it again would give the same. */
    boolean isOf(Route route, @Nullable Service service, @Nullable Certificate certificate) {
        return this.route.equals(route)
                && service != null
                && service.equals(this.service)
                && Objects.equals(certificate, this.certificate);
    }
}
