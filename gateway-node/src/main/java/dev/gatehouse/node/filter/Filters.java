package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.Stage;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.identity.Keys;
import dev.gatehouse.node.limit.Limiter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** From the policies of a route to its chain. */
public final class Filters {

    private final Keys keys;
    private final Limiter limiter;

    public Filters(Keys keys, Limiter limiter) {
        this.keys = keys;
        this.limiter = limiter;
    }

    /** Who holds the key among the fields, whether or not a route asks for one. */
    public Optional<Caller> caller(Headers headers) {
        return KeyAuthentication.key(headers).flatMap(keys::find);
    }

    private record Staged(Stage stage, Filter filter) {}

    /** The filters in the order of their stages, within a stage in the order of the route, and the backend behind them. */
    public Handler chain(String name, Route route, Handler backend) {
        var staged = new ArrayList<Staged>();
        staged.add(new Staged(Stage.GUARD, new RouteLimits(route.maxBody(), route.timeout())));
        staged.add(new Staged(Stage.AUTHENTICATE, route.isPublic() ? new KeyRemoval() : new KeyAuthentication(keys)));
        for (var policy : route.policies()) {
            staged.add(new Staged(policy.stage(), filter(name, policy)));
        }
        staged.sort(Comparator.comparing(Staged::stage));
        var chain = backend;
        for (var next : staged.reversed()) {
            chain = next.filter.before(chain);
        }
        return chain;
    }

    private Filter filter(String route, Policy policy) {
        return switch (policy) {
            case RateLimit limit -> new RateLimiting(route, limit, limiter);
        };
    }
}
