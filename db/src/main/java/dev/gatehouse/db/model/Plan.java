package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How much its subscribers may: limits under names. They hold beside those of the routes. */
public record Plan(
        @Setting(label = "Description", help = "Who it is for.", optional = true, max = "500")
        String description,

        @Setting(
                label = "Routes",
                help = "Where it holds. Empty: on every route that asks who is calling.",
                max = "1000",
                format = Format.NAME)
        List<String> routes,

        @Setting(label = "Rate limits", help = "What each subscriber may in a span of time.", max = "20")
        List<RateLimit> limits,

        @Setting(label = "Concurrency limits", help = "What each subscriber may at once.", max = "20")
        List<ConcurrencyLimit> concurrency,

        @Setting(label = "Quotas", help = "What each subscriber may in an hour, a day, a week or a month.", max = "20")
        List<Quota> quotas,

        @Setting(
                label = "Costs of routes",
                help = "What a request on a route takes of the plan's rate limits and quotas, where it is not 1.",
                max = "1000")
        List<RouteCost> costs)
        implements Entity, Checked {

    public Plan {
        routes = List.copyOf(routes);
        limits = List.copyOf(limits);
        concurrency = List.copyOf(concurrency);
        quotas = List.copyOf(quotas);
        costs = List.copyOf(costs);
    }

    /** One without quotas. */
    public Plan(
            String description,
            List<String> routes,
            List<RateLimit> limits,
            List<ConcurrencyLimit> concurrency,
            List<RouteCost> costs) {
        this(description, routes, limits, concurrency, List.of(), costs);
    }

    /** Rate limits on every route. */
    public static Plan of(RateLimit... limits) {
        return new Plan("", List.of(), List.of(limits), List.of(), List.of(), List.of());
    }

    /** Does it hold on that route? */
    public boolean on(String route) {
        return routes.isEmpty() || routes.contains(route);
    }

    /** The units that a request on that route takes; empty where nothing is said of it. */
    public Optional<Long> costOn(String route) {
        return costs.stream()
                .filter(cost -> cost.route().equals(route))
                .map(RouteCost::units)
                .findFirst();
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        var names = new HashSet<String>();
        for (int i = 0; i < limits.size(); i++) {
            var limit = limits.get(i);
            check("limits[" + i + "]", limit.name(), limit.per(), names, problems);
        }
        for (int i = 0; i < concurrency.size(); i++) {
            var limit = concurrency.get(i);
            check("concurrency[" + i + "]", limit.name(), limit.per(), names, problems);
        }
        for (int i = 0; i < quotas.size(); i++) {
            name("quotas[" + i + "]", quotas.get(i).name(), names, problems);
        }
        var priced = new HashSet<String>();
        for (int i = 0; i < costs.size(); i++) {
            if (!priced.add(costs.get(i).route())) {
                problems.add(
                        new Problem("costs[" + i + "].route", "'" + costs.get(i).route() + "' is listed twice."));
            }
        }
        return problems;
    }

    private static void check(String at, String name, RateLimit.Per per, Set<String> names, List<Problem> problems) {
        name(at, name, names, problems);
        if (per == RateLimit.Per.ROUTE || per == RateLimit.Per.PARAMETER || per == RateLimit.Per.CLIENT_TYPE) {
            problems.add(
                    new Problem(at + ".per", "A limit of a plan holds on many routes and is not per " + per + "."));
        }
    }

    private static void name(String at, String name, Set<String> names, List<Problem> problems) {
        if (name.isEmpty()) {
            problems.add(new Problem(at + ".name", "A limit of a plan must have a name: its count is kept under it."));
        } else if (!names.add(name)) {
            problems.add(new Problem(at + ".name", "'" + name + "' is the name of another limit of this plan."));
        }
    }
}
