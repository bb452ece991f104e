package dev.gatehouse.console.service;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Target;
import java.util.List;
import java.util.Map;

/**
 * One service.
 *
 * @param routes names of those that forward to it
 * @param health as the nodes see it now
 */
record ServiceRow(String name, Service entity, long revision, List<String> routes, ServiceHealth health)
        implements Thing {

    static List<ServiceRow> of(Fleet fleet) {
        var loaded = fleet.configuration();
        var snapshot = loaded.snapshot();
        return snapshot.services().entrySet().stream()
                .map(service -> {
                    var name = service.getKey();
                    var routes = snapshot.routes().entrySet().stream()
                            .filter(route -> route.getValue().services().containsValue(name))
                            .map(Map.Entry::getKey)
                            .toList();
                    return new ServiceRow(
                            name,
                            service.getValue(),
                            loaded.revisionOf(Kind.SERVICE, name),
                            routes,
                            ServiceHealth.of(name, service.getValue(), !routes.isEmpty(), fleet.nodes()));
                })
                .toList();
    }

    /** The first one, and how many more there are. */
    String targets() {
        var first = entity.targets().getFirst().url();
        return entity.targets().size() == 1
                ? first
                : first + " +" + (entity.targets().size() - 1);
    }

    String usedBy() {
        return Cells.several("route", routes);
    }

    String searched() {
        return name + " "
                + String.join(" ", entity.targets().stream().map(Target::url).toList()) + " "
                + String.join(" ", routes);
    }

    Impact impact() {
        return Impact.of(
                "routes",
                routes,
                "No route forwards to it, so no request is affected.",
                "These routes forward to it. Delete them or point them elsewhere first:");
    }
}
