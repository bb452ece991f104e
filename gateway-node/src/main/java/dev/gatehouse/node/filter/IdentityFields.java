package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.policy.Identity;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Takes out of every request, whatever its route, what only the gateway may say of who is calling: a service behind one
 * route believes these headers, and callers may reach it by another.
 */
public final class IdentityFields implements Filter {

    private static final List<String> OWN =
            List.of("gatehouse-consumer", "gatehouse-groups", "gatehouse-scopes", "gatehouse-token");

    private volatile FieldNames names = FieldNames.loosely(OWN.toArray(String[]::new));

    /** From now on those of these routes too. */
    public void take(Collection<Route> routes) {
        var all = new TreeSet<>(OWN);
        for (var route : routes) {
            for (var policy : route.policies()) {
                if (policy instanceof Identity identity) {
                    identity.headers().forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
                }
            }
        }
        names = FieldNames.loosely(new ArrayList<>(all).toArray(String[]::new));
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        exchange.headers().remove(names);
        return next.handle(exchange);
    }
}
