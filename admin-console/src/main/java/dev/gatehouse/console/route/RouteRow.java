package dev.gatehouse.console.route;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.console.live.Traffic;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Redirect;
import dev.gatehouse.db.model.Reply;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.SigningKeys;
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
import dev.gatehouse.db.policy.UserAgents;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.settings.Spans;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /** Methods, host and path; of several hosts the first. */
    String match() {
        var match = entity.match();
        var methods = match.methods().isEmpty()
                ? "ANY"
                : match.methods().stream().map(Method::name).collect(Collectors.joining(", "));
        var hosts = match.hosts();
        var place = switch (hosts.size()) {
            case 0 -> match.path();
            case 1 -> hosts.getFirst() + match.path();
            default -> hosts.getFirst() + " (+" + (hosts.size() - 1) + ") " + match.path();
        };
        return methods + " " + place;
    }

    /** How many conditions stand beside {@link #match}; empty without. */
    String further() {
        int count = entity.match().conditions().size();
        return count == 0 ? "" : "+" + count + (count == 1 ? " condition" : " conditions");
    }

    /** All that a request is asked for, in words. */
    String matchInWords() {
        var match = entity.match();
        var asked = new ArrayList<String>();
        asked.add(match());
        if (match.hosts().size() > 1) {
            asked.add("on " + String.join(", ", match.hosts()));
        }
        match.conditions().forEach(condition -> asked.add("with " + condition));
        return String.join("\n", asked);
    }

    /** Where its requests end, in a few words. */
    String ending() {
        return switch (entity.ending()) {
            case Forward forward -> forwarded(forward);
            case Redirect redirect -> redirect.status() + " → " + place(redirect);
            case Reply reply -> "replies " + reply.status();
            case SigningKeys _ -> "publishes signing keys";
        };
    }

    boolean names(String service) {
        return entity.services().containsValue(service);
    }

    private static String forwarded(Forward forward) {
        var shares = forward.shares();
        long sum = shares.stream().mapToLong(Forward.Share::weight).sum();
        var services = shares.size() == 1
                ? shares.getFirst().service()
                : shares.stream()
                        .map(share -> share.service() + " "
                                + Figures.percent(OptionalDouble.of((double) share.weight() / sum)))
                        .collect(Collectors.joining(" · "));
        return forward.mirrors().isEmpty()
                ? services
                : services + ", mirrored to "
                        + forward.mirrors().stream()
                                .map(Forward.Mirror::service)
                                .collect(Collectors.joining(", "));
    }

    private static String place(Redirect redirect) {
        var scheme = redirect.scheme() == Redirect.Scheme.KEEP ? "" : redirect.scheme() + "://";
        var place = scheme + redirect.host() + (redirect.port() == 0 ? "" : ":" + redirect.port()) + redirect.path();
        return place.isEmpty() ? "the same with another query" : place;
    }

    String access() {
        return entity.isPublic() ? "public" : entity.authentication().words();
    }

    String policies() {
        return entity.policies().stream().map(RouteRow::brief).collect(Collectors.joining(" · "));
    }

    private static String brief(Policy policy) {
        return switch (policy) {
            case RateLimit limit -> Figures.count(limit.requests()) + "/" + Spans.write(limit.window());
            case Quota quota -> Figures.count(quota.amount()) + " per " + period(quota);
            case ConcurrencyLimit limit -> Figures.count(limit.requests()) + " at once";
            case Maintenance maintenance -> maintenance.active() ? "maintenance" : "maintenance (off)";
            case Fault _ -> "faults";
            case Cors _ -> "CORS";
            case Access _ -> "access";
            case Identity _ -> "identity";
            case Addresses _ -> "addresses";
            case RequestLimits _ -> "request limits";
            case SecurityHeaders _ -> "security headers";
            case UserAgents _ -> "user agents";
            case Rewrite _ -> "rewrite";
            case RequestHeaders _ -> "request headers";
            case ResponseHeaders _ -> "response headers";
        };
    }

    private static String period(Quota quota) {
        return quota.every() == Every.CUSTOM
                ? Spans.write(quota.length())
                : quota.every().toString();
    }

    String searched() {
        return String.join(" ", name, matchInWords(), ending(), access(), policies());
    }

    /** @param losing what else would be lost */
    Impact impact(List<String> losing) {
        var traffic = flow.quarter() == 0
                ? "It had no request in the last 15 minutes."
                : "It had " + Figures.count(flow.quarter()) + " requests in the last 15 minutes.";
        var sentences = new ArrayList<>(
                List.of("Requests that no other route takes are answered with 404 from then on.", traffic));
        sentences.addAll(losing);
        return new Impact(sentences, List.of(), false);
    }
}
