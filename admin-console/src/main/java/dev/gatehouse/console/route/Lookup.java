package dev.gatehouse.console.route;

import dev.gatehouse.console.listing.Answer;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.example.Decision;
import dev.gatehouse.db.example.Trial;
import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.routing.RouteIndex.Candidate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which route would serve a request, and why: asked of what is configured as nodes ask it. */
final class Lookup {

    private static final int MOST_PARTS = 5;
    private static final int MOST_STEPS = 6;
    private static final int MOST_HOSTS = 3;
    private static final String FIRST_METHOD = "GET";
    private static final String UNDER =
            "Asked as a client at 192.0.2.1 would now, without header fields, cookies or a key; a route with a share takes its part.";

    private final InstantSource clock;
    private Snapshot snapshot = Snapshot.EMPTY;
    private @Nullable Trial trial;

    Lookup(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on asks that. */
    void over(Snapshot now) {
        if (!now.equals(snapshot)) {
            snapshot = now;
            trial = null;
        }
    }

    private Trial trial() {
        var made = trial;
        if (made == null) {
            made = new Trial(snapshot);
            trial = made;
        }
        return made;
    }

    /** Empty for what is no request. */
    Optional<Answer> answer(String text) {
        return Question.of(text).map(question -> {
            try {
                return question.host().isEmpty() ? onEachHost(question) : on(question);
            } catch (IllegalArgumentException e) {
                var part = new Answer.Part(
                        Level.ATTENTION, "refused", "No node takes such a request. " + e.getMessage(), List.of());
                return new Answer(List.of(part), List.of(), "");
            }
        });
    }

    /** @param request as it was asked, without the host that stood in for all */
    private record Asked(String request, Trial.Outcome outcome) {}

    private Answer on(Question question) {
        var asked = ask(question, question.host());
        return answer(List.of(part(asked, "")), List.of(asked));
    }

    /** Hosts with routes of their own answer differently from all others. */
    private Answer onEachHost(Question question) {
        var anywhere = ask(question, "");
        var hosts = new TreeSet<String>();
        snapshot.routes().values().forEach(route -> hosts.addAll(route.match().hosts()));
        var told = new LinkedHashMap<Asked, Set<String>>();
        for (var host : hosts) {
            var asked = ask(question, host.startsWith("*.") ? beneath(host.substring(1), hosts) : host);
            if (!asked.equals(anywhere)) {
                told.computeIfAbsent(asked, _ -> new LinkedHashSet<>()).add(host);
            }
        }
        var parts = new ArrayList<Answer.Part>();
        told.forEach((asked, on) -> parts.add(part(asked, " on " + listed(on))));
        parts.add(part(anywhere, told.isEmpty() ? "" : " on any other host"));
        var asked = new ArrayList<>(told.keySet());
        asked.add(anywhere);
        return answer(parts, asked);
    }

    /** A host that only the wildcard takes. */
    private static String beneath(String domain, Set<String> hosts) {
        var label = "any";
        while (hosts.contains(label + domain)) {
            label += "-one";
        }
        return label + domain;
    }

    private static String listed(Set<String> hosts) {
        var first = hosts.stream().limit(MOST_HOSTS).collect(Collectors.joining(", "));
        return hosts.size() <= MOST_HOSTS ? first : first + " and " + (hosts.size() - MOST_HOSTS) + " more";
    }

    private static Answer answer(List<Answer.Part> parts, List<Asked> asked) {
        var names = new LinkedHashSet<String>();
        asked.forEach(one -> taker(one.outcome().decision()).ifPresent(names::add));
        asked.forEach(one -> one.outcome().candidates().forEach(candidate -> names.add(candidate.name())));
        var under = parts.size() <= MOST_PARTS
                ? UNDER
                : (parts.size() - MOST_PARTS) + " more answers on other hosts: ask with the host. " + UNDER;
        return new Answer(parts.stream().limit(MOST_PARTS).toList(), List.copyOf(names), under);
    }

    /** Without a method said, with GET; where only other methods are taken, with the first of those. */
    private Asked ask(Question question, String host) {
        var now = clock.instant();
        var method = question.method().isEmpty() ? FIRST_METHOD : question.method();
        var outcome = outcome(question.request(method, host), now);
        if (question.method().isEmpty()
                && outcome.decision() instanceof Decision.Refused refused
                && !refused.allowed().isEmpty()) {
            method = refused.allowed().getFirst();
            outcome = outcome(question.request(method, host), now);
        }
        return new Asked(question.request(method, question.host()), outcome);
    }

    private Trial.Outcome outcome(String request, Instant now) {
        return trial().of(new Example(request, List.of(), "", "", "", "", 0, ""), now);
    }

    private static Optional<String> taker(Decision decision) {
        return switch (decision) {
            case Decision.Taken(var route) -> Optional.of(route);
            case Decision.Refused refused -> Optional.ofNullable(refused.route());
        };
    }

    private static Answer.Part part(Asked asked, String where) {
        var outcome = asked.outcome();
        var what = asked.request() + where;
        var steps = steps(outcome);
        return switch (outcome.decision()) {
            case Decision.Taken(var route) ->
                new Answer.Part(Level.GOOD, "served", "Route " + route + " takes " + what + ".", steps);
            case Decision.Refused refused ->
                new Answer.Part(
                        Level.ATTENTION,
                        String.valueOf(refused.refusal().status()),
                        refused(refused, what, steps.isEmpty()),
                        steps);
        };
    }

    private static String refused(Decision.Refused refused, String what, boolean unknown) {
        if (refused.route() != null) {
            return "Route " + refused.route() + " takes " + what + ", and its API refuses it: "
                    + refused.refusal().title() + ".";
        }
        var none = "No route takes " + what;
        if (!refused.allowed().isEmpty()) {
            return none + "; it would be taken with " + String.join(", ", refused.allowed()) + ".";
        }
        return none + (unknown ? ": none has its host and path." : ": each asks for more.");
    }

    private static List<Answer.Step> steps(Trial.Outcome outcome) {
        var taker = taker(outcome.decision());
        var steps = new ArrayList<Answer.Step>();
        for (var candidate : outcome.candidates()) {
            var taken = taker.filter(candidate.name()::equals).isPresent();
            steps.add(new Answer.Step(candidate.name(), taken ? "takes it" : reason(candidate)));
        }
        return steps.stream().limit(MOST_STEPS).toList();
    }

    private static String reason(Candidate candidate) {
        return candidate.failed().map(failed -> "asks for " + failed).orElse("would take it next");
    }
}
