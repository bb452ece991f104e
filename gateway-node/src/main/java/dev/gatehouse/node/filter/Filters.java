package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.policy.Addresses;
import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.Cors;
import dev.gatehouse.db.policy.Fault;
import dev.gatehouse.db.policy.Identity;
import dev.gatehouse.db.policy.Maintenance;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.RequestHeaders;
import dev.gatehouse.db.policy.RequestLimits;
import dev.gatehouse.db.policy.ResponseHeaders;
import dev.gatehouse.db.policy.Rewrite;
import dev.gatehouse.db.policy.SecurityHeaders;
import dev.gatehouse.db.policy.Stage;
import dev.gatehouse.db.policy.UserAgents;
import dev.gatehouse.node.authentication.Credentials;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.limit.Limiter;
import dev.gatehouse.node.quota.Quotas;
import dev.gatehouse.node.resilience.Door;
import dev.gatehouse.node.resilience.Guards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** From the policies of a route to its chain. */
public final class Filters {

    private static final RandomGenerator CHANCE =
            () -> ThreadLocalRandom.current().nextLong();

    private final Credentials credentials;
    private final Limiter limiter;
    private final Subscriptions subscriptions;
    private final @Nullable Quotas quotas;
    private final Guards guards;
    private final Door door;

    /** @param quotas null where no route and no plan has one */
    public Filters(
            Credentials credentials,
            Limiter limiter,
            Subscriptions subscriptions,
            @Nullable Quotas quotas,
            Guards guards,
            Door door) {
        this.credentials = credentials;
        this.limiter = limiter;
        this.subscriptions = subscriptions;
        this.quotas = quotas;
        this.guards = guards;
        this.door = door;
    }

    /** Of a node that refuses nothing for having too much to do. */
    public Filters(Credentials credentials, Limiter limiter, Subscriptions subscriptions) {
        this(credentials, limiter, subscriptions, null, new Guards(), Door.OPEN);
    }

    /** Of routes whose callers have no plans. */
    public Filters(Credentials credentials, Limiter limiter) {
        this(credentials, limiter, new Subscriptions());
    }

    /** Who holds the key among the fields, whether or not a route asks for one. */
    public Optional<Caller> caller(Headers headers) {
        return credentials.holder(headers);
    }

    /** @param first before all others of its stage: browsers are to read their refusals, too */
    private record Staged(Stage stage, boolean first, Filter filter) {

        Staged(Stage stage, Filter filter) {
            this(stage, false, filter);
        }
    }

    /**
     * The filters in the order of their stages, within a stage in the order of the route, and the backend behind them.
     *
     * @param services makes what asks a service, by its name
     */
    public Handler chain(String name, Route route, Handler backend, Function<String, Handler> services) {
        var staged = new ArrayList<Staged>();
        staged.add(new Staged(
                Stage.GUARD, new Shedding(door, route.resilience().priority(), credentials.consumers(name, route))));
        if (!route.match().api().isEmpty()) {
            staged.add(new Staged(Stage.GUARD, new VersionGate()));
        }
        staged.add(new Staged(
                Stage.GUARD,
                new RouteLimits(
                        route.maxBody(), route.timeout(), route.resilience().wholeTimeout())));
        staged.add(new Staged(Stage.AUTHENTICATE, credentials.filter(name, route, services)));
        for (var policy : route.policies()) {
            var filter = filter(name, route, policy);
            if (filter != null) {
                staged.add(new Staged(policy.stage(), isFirst(policy), filter));
            }
        }
        limits(name, route).forEach(filter -> staged.add(new Staged(Stage.LIMIT, filter)));
        if (quotas != null) {
            // behind the limits, which refuse most when much is asked: of that a quota never hears
            staged.add(
                    new Staged(Stage.LIMIT, new QuotaGate(name, of(route, Quota.class), quotas, limiter.sightings())));
        }
        var bulkhead = guards.route(name, route.resilience().bulkhead());
        if (bulkhead != null) {
            staged.add(new Staged(Stage.LIMIT, new RouteBulkhead(bulkhead)));
        }
        if (route.ending() instanceof Forward forward && !forward.rewrite().isEmpty()) {
            staged.add(new Staged(
                    Stage.TRANSFORM,
                    Rewriting.of(forward.rewrite(), route.match().pattern())));
        }
        staged.sort(Comparator.comparing(Staged::stage).thenComparing(Staged::first, Comparator.reverseOrder()));
        var chain = backend;
        for (var next : staged.reversed()) {
            chain = next.filter.before(chain);
        }
        return chain;
    }

    private static boolean isFirst(Policy policy) {
        return policy instanceof Cors || policy instanceof SecurityHeaders;
    }

    /** Those of the route, and for who is known those of plans: decided together, so that a refused request takes nothing. */
    private List<Filter> limits(String name, Route route) {
        var rates = of(route, RateLimit.class);
        var concurrency = of(route, ConcurrencyLimit.class);
        if (route.isPublic() && rates.isEmpty() && concurrency.isEmpty()) {
            return List.of();
        }
        return List.of(
                new ConcurrencyLimiting(name, concurrency, subscriptions, limiter),
                new RateLimiting(new RouteRates(name, rates, subscriptions, limiter), limiter));
    }

    private static <T extends Policy> List<T> of(Route route, Class<T> type) {
        return route.policies().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** @return null for limits and for quotas, which have a filter together */
    private @Nullable Filter filter(String name, Route route, Policy policy) {
        return switch (policy) {
            case RateLimit _, ConcurrencyLimit _, Quota _ -> null;
            case Access access ->
                new AccessGate(
                        access,
                        credentials.known().consumers(),
                        credentials.clock(),
                        credentials.challenges(name, route));
            case Identity identity ->
                new IdentityHeaders(
                        name,
                        identity,
                        credentials.known().consumers(),
                        credentials.known().signers(),
                        credentials.clock());
            case Addresses addresses -> new AddressGate(addresses);
            case UserAgents agents -> new UserAgentGate(agents);
            case RequestLimits limits -> new RequestGate(limits);
            case SecurityHeaders headers -> new SafeAnswers(headers);
            case Maintenance maintenance -> new MaintenanceGate(maintenance);
            case Fault fault -> new FaultInjection(fault, CHANCE);
            case Rewrite rewrite -> Rewriting.of(rewrite, route.match().pattern());
            case RequestHeaders headers ->
                new HeaderEdits(headers.set(), headers.append(), headers.remove()).ofRequests();
            case ResponseHeaders headers ->
                new HeaderEdits(headers.set(), headers.append(), headers.remove()).ofResponses();
            case Cors cors -> new CrossOrigin(cors, route.match());
        };
    }
}
