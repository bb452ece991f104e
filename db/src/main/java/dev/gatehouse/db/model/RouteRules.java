package dev.gatehouse.db.model;

import dev.gatehouse.db.credential.Authentication;
import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.policy.Addresses;
import dev.gatehouse.db.policy.ConcurrencyLimit;
import dev.gatehouse.db.policy.Cors;
import dev.gatehouse.db.policy.Counted;
import dev.gatehouse.db.policy.Fault;
import dev.gatehouse.db.policy.HeaderValue;
import dev.gatehouse.db.policy.Identity;
import dev.gatehouse.db.policy.Maintenance;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.QueryValue;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.policy.RequestHeaders;
import dev.gatehouse.db.policy.RequestLimits;
import dev.gatehouse.db.policy.ResponseHeaders;
import dev.gatehouse.db.policy.Rewrite;
import dev.gatehouse.db.policy.SecurityHeaders;
import dev.gatehouse.db.policy.Template;
import dev.gatehouse.db.policy.UserAgents;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.routing.PathTemplate;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules between the parts of one route: what its path gives to templates, and which policies go together. */
final class RouteRules {

    private final Route route;
    private final PathPattern pattern;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> limits = new HashSet<>();
    private final Set<String> quotas = new HashSet<>();
    private final Set<Class<? extends Policy>> single = new HashSet<>();

    private RouteRules(Route route) {
        this.route = route;
        pattern = route.match().pattern();
    }

    static List<Problem> check(Route route) {
        var rules = new RouteRules(route);
        rules.authentication();
        rules.ending();
        for (int i = 0; i < route.policies().size(); i++) {
            rules.policy(i);
        }
        return rules.problems;
    }

    private void authentication() {
        if (route.isPublic() && !route.authentication().equals(Authentication.DEFAULT)) {
            add("authentication", "A public route asks nobody who is calling; one of the two can hold.");
        }
    }

    private void ending() {
        switch (route.ending()) {
            case Forward forward -> {
                path("forward.rewrite", forward.rewrite());
                if (route.isPublic() && forward.sticky().by() == Sticky.By.CONSUMER) {
                    add(
                            "forward.sticky.by",
                            "A public route knows no consumer; let callers be known by cookie or address.");
                }
            }
            case Redirect redirect -> {
                path("redirect.path", redirect.path());
                values("redirect.set-query", redirect.setQuery());
            }
            case Reply _, SigningKeys _ -> {}
        }
        if (!(route.ending() instanceof Forward)
                && !route.resilience().fallback().equals(Fallbacks.NONE)) {
            add("resilience.fallback", "There is nothing to fall back from: the route asks no service.");
        }
    }

    private void policy(int index) {
        var policy = route.policies().get(index);
        var at = "policies[" + index + "]."
                + policy.getClass().getAnnotation(Named.class).value();
        switch (policy) {
            case RateLimit limit -> limit(at, limit);
            case ConcurrencyLimit limit -> limit(at, limit);
            case Quota quota -> quota(at, quota);
            case Rewrite rewrite -> {
                once(at, policy);
                rewrite(at, rewrite);
            }
            case RequestHeaders headers -> {
                headers(at + ".set", headers.set());
                headers(at + ".append", headers.append());
            }
            case ResponseHeaders headers -> {
                headers(at + ".set", headers.set());
                headers(at + ".append", headers.append());
            }
            case Access access -> access(at, access);
            case Addresses _,
                    Cors _,
                    Fault _,
                    Maintenance _,
                    RequestLimits _,
                    SecurityHeaders _,
                    UserAgents _,
                    Identity _ -> once(at, policy);
        }
    }

    private void access(String at, Access access) {
        if (route.isPublic() && access.asksForCaller()) {
            add(at, "A public route knows nobody; it can ask for times and addresses only.");
        }
    }

    private void limit(String at, Counted limit) {
        if (!limits.add(limit.name())) {
            add(at + ".name", "Two limits of one route need two names.");
        }
        if (route.isPublic() && limit.per() == RateLimit.Per.KEY) {
            add(at + ".per", "A public route knows no key; count per address or route.");
        }
        if (limit.per() == RateLimit.Per.PARAMETER && !pattern.names().contains(limit.perName())) {
            add(at + ".per-name", "The path has no parameter '" + limit.perName() + "'.");
        }
    }

    private void quota(String at, Quota quota) {
        if (!quotas.add(quota.name())) {
            add(at + ".name", "Two quotas of one route need two names.");
        }
        if (route.isPublic() && quota.per() != Quota.Per.ALL) {
            add(at + ".per", "A public route knows nobody; count per all.");
        }
    }

    private void rewrite(String at, Rewrite rewrite) {
        path(at + ".path", rewrite.path());
        values(at + ".set-query", rewrite.setQuery());
        switch (route.ending()) {
            case Forward forward -> {
                if (!forward.rewrite().isEmpty() && !rewrite.path().isEmpty()) {
                    add(at + ".path", "The path is rewritten by 'forward' already; one of the two can say it.");
                }
            }
            case Redirect _, Reply _, SigningKeys _ ->
                add(at, "There is nothing to rewrite: the route asks no service.");
        }
    }

    private void once(String at, Policy policy) {
        if (!single.add(policy.getClass())) {
            add(at, "A route has at most one policy of this kind.");
        }
    }

    private void path(String at, String template) {
        if (!template.isEmpty()) {
            PathTemplate.of(template).problemWith(pattern).ifPresent(message -> add(at, message));
        }
    }

    private void values(String at, List<QueryValue> values) {
        for (int i = 0; i < values.size(); i++) {
            template(at + "[" + i + "].value", values.get(i).value());
        }
    }

    private void headers(String at, List<HeaderValue> headers) {
        for (int i = 0; i < headers.size(); i++) {
            template(at + "[" + i + "].value", headers.get(i).value());
        }
    }

    private void template(String at, String text) {
        Template.problem(text, pattern.names()).ifPresent(message -> add(at, message));
    }

    private void add(String at, String message) {
        problems.add(new Problem(at, message));
    }
}
