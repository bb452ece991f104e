package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.db.store.TargetState.Condition;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Endpoint;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One service by its name, whatever its settings: its endpoints, and all balances that are made of them. */
final class LiveService {

    private final String name;
    private final Targets.Parts parts;
    private final Map<Endpoint.Key, Endpoint> endpoints = new HashMap<>();
    /** Of configurations that a route may still be served with. */
    private final List<WeakReference<Balance<Reach>>> former = new ArrayList<>();

    private Map<Endpoint, Checkup> checkups = Map.of();
    private @Nullable Shared current;

    LiveService(String name, Targets.Parts parts) {
        this.name = name;
        this.parts = parts;
    }

    /** @throws IllegalArgumentException when there is no target, one is not an address, or TLS cannot be had */
    Balance<Reach> balance(Service service, UpstreamTerms asked) {
        Shared shared;
        synchronized (this) {
            var known = current;
            if (known != null && known.is(service, asked)) {
                return known.balance();
            }
            var terms = Balance.Terms.of(service, parts.watches().of(name, service), parts.seal());
            var balance = known == null
                    ? new Balance<Reach>(terms, _ -> refresh())
                    : known.balance().next(terms);
            shared = new Shared(service, asked, balance, parts);
            shared.update(endpoints(service));
            if (known != null) {
                former.add(new WeakReference<>(known.balance()));
            }
            current = shared;
            checkups = shared.checkups(Map.of());
            forget();
        }
        shared.follow(this::update);
        refresh();
        return shared.balance();
    }

    /** Finds or makes them. One that comes to others has to pass its check first, where there is one. */
    private Function<Endpoint.Key, Endpoint> endpoints(Service service) {
        boolean used = endpoints.isEmpty() || service.health().kind() == HealthCheck.Kind.NONE;
        return key -> endpoints.computeIfAbsent(key, fresh -> {
            var endpoint = new Endpoint(fresh);
            if (!used) {
                endpoint.unproven(Instant.now());
            }
            return endpoint;
        });
    }

    /** Takes what the targets' names stand for now. */
    private synchronized void update() {
        var shared = current;
        if (shared != null && shared.update(endpoints(shared.service()))) {
            checkups = shared.checkups(checkups);
            forget();
        }
    }

    /** Endpoints that no balance has any more. */
    private void forget() {
        var used = new HashSet<Endpoint>();
        var all = former();
        if (current != null) {
            all.add(current.balance());
        }
        all.forEach(balance -> balance.candidates().forEach(candidate -> used.add(candidate.endpoint())));
        endpoints.values().retainAll(used);
    }

    /** By a clock's thread, several times a second. */
    void tick(long now) {
        update();
        var shared = current();
        if (shared != null) {
            shared.balance().tick().forEach(endpoint -> probe(shared.balance(), endpoint));
        }
        checkups().forEach((endpoint, checkup) -> checkup.tick(now, outcome -> checked(endpoint, outcome)));
    }

    private void probe(Balance<Reach> balance, Endpoint endpoint) {
        var checkup = checkups().get(endpoint);
        if (checkup != null) {
            checkup.run(outcome -> balance.probed(endpoint, outcome.passed(), outcome.why()));
        }
    }

    private void checked(Endpoint endpoint, HealthProbe.Outcome outcome) {
        var shared = current();
        if (shared != null
                && endpoint.checked(
                        outcome.passed(), outcome.why(), shared.service().health(), Instant.now())) {
            refresh();
        }
    }

    private void refresh() {
        var shared = current();
        if (shared != null) {
            shared.balance().refresh();
        }
        former().forEach(Balance::look);
    }

    /** What is to be told of each endpoint, in the order of the targets. */
    List<TargetState> states() {
        var shared = current();
        return shared == null ? List.of() : states(shared, shared.balance().panics());
    }

    /** @param panics whether those that fail are used all the same, and say so */
    private List<TargetState> states(Shared shared, boolean panics) {
        var states = new ArrayList<TargetState>();
        for (var candidate : shared.balance().candidates()) {
            var told = candidate.told();
            var address = told.key().address();
            if (address != null
                    || told.condition() != Condition.IN_USE
                    || !told.why().isEmpty()) {
                states.add(new TargetState(
                        name,
                        told.key().target(),
                        address == null ? "" : Endpoint.literal(address),
                        told.condition(),
                        told.since(),
                        panics ? inPanic(told.condition(), told.why()) : told.why()));
            }
        }
        shared.unresolved()
                .forEach((target, trouble) ->
                        states.add(new TargetState(name, target, "", Condition.UNRESOLVED, Instant.EPOCH, trouble)));
        return states;
    }

    private static String inPanic(Condition condition, String why) {
        return condition == Condition.UNHEALTHY || condition == Condition.EJECTED
                ? why + "; it may be asked all the same, as too few others are well"
                : why;
    }

    /** One sentence for whatever keeps its targets from being used as configured. */
    List<String> problems() {
        var shared = current();
        if (shared == null) {
            return List.of();
        }
        var problems = new ArrayList<String>();
        for (var state : states(shared, false)) {
            if (state.condition().troubled()) {
                problems.add("Service '" + name + "': " + state.target()
                        + (state.address().isEmpty() ? "" : " at " + state.address())
                        + " is " + state.condition() + (state.why().isEmpty() ? "." : ": " + state.why() + "."));
            }
        }
        shared.stale()
                .forEach((target, trouble) -> problems.add(
                        "Service '" + name + "': the addresses of " + target + " may be old: " + trouble + "."));
        if (shared.balance().panics()) {
            problems.add("Service '" + name + "': too few targets can be used, so all are.");
        }
        return problems;
    }

    private synchronized @Nullable Shared current() {
        return current;
    }

    private synchronized Map<Endpoint, Checkup> checkups() {
        return checkups;
    }

    private synchronized List<Balance<Reach>> former() {
        var all = new ArrayList<Balance<Reach>>();
        former.removeIf(reference -> {
            var balance = reference.get();
            if (balance != null) {
                all.add(balance);
            }
            return balance == null;
        });
        return all;
    }
}
