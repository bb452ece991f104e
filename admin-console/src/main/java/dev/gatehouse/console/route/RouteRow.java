package dev.gatehouse.console.route;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One route. */
record RouteRow(String name, Route entity, long revision, Flow flow) implements Thing {

    static List<RouteRow> of(Loaded loaded, Optional<Traffic> traffic) {
        var flows = Flow.of(traffic);
        return loaded.snapshot().routes().entrySet().stream()
                .map(route -> new RouteRow(
                        route.getKey(),
                        route.getValue(),
                        loaded.revisionOf(Kind.ROUTE, route.getKey()),
                        flows.apply(route.getKey())))
                .toList();
    }

    String match() {
        var methods = entity.match().methods();
        return (methods.isEmpty() ? "ANY" : methods.stream().map(Method::name).collect(Collectors.joining(", "))) + " "
                + entity.match().path();
    }

    String service() {
        return entity.forward().service();
    }

    String access() {
        return entity.isPublic() ? "public" : "key";
    }

    String policies() {
        return entity.policies().stream().map(RouteRow::brief).collect(Collectors.joining(" · "));
    }

    private static String brief(Policy policy) {
        return switch (policy) {
            case RateLimit limit -> Figures.count(limit.requests()) + "/" + Spans.write(limit.window());
        };
    }

    String searched() {
        return String.join(" ", name, match(), service(), access(), policies());
    }

    Impact impact() {
        var traffic = flow.quarter() == 0
                ? "It had no request in the last 15 minutes."
                : "It had " + Figures.count(flow.quarter()) + " requests in the last 15 minutes.";
        return new Impact(
                List.of("Requests that no other route takes are answered with 404 from then on.", traffic),
                List.of(),
                false);
    }
}
