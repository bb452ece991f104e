package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.node.exchange.Handler;
import org.jspecify.annotations.Nullable;

/**
 * A route that runs.
 *
 * @param service what it was compiled with; null when the route names none that exists
 * @param chain its filters, folded, with the backend at the end
 */
record CompiledRoute(String name, Route route, @Nullable Service service, Handler chain) {}
