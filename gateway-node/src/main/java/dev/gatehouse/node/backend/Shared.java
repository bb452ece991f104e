package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Candidate;
import dev.gatehouse.node.backend.balance.Endpoint;
import dev.gatehouse.node.backend.dns.Answer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all who ask for a service with the same settings share: its balance, kept as its targets' names say. */
final class Shared {

    private final Service service;
    private final UpstreamTls tls;
    private final boolean http2;
    private final Balance<Reach> balance;
    private final List<Located> located;
    private final Targets.Parts parts;
    private final boolean named;
    private List<Optional<Answer>> answers = List.of();

    /** @throws IllegalArgumentException when there is no target, or one is not an address */
    Shared(Service service, UpstreamTerms terms, Balance<Reach> balance, Targets.Parts parts) {
        if (service.targets().isEmpty()) {
            throw new IllegalArgumentException("a service needs at least one target");
        }
        this.service = service;
        tls = terms.tls();
        http2 = terms.http2();
        this.balance = balance;
        this.parts = parts;
        located = service.targets().stream().map(Located::of).toList();
        named = located.stream().anyMatch(each -> each.question() != null);
    }

    boolean is(Service other, UpstreamTerms terms) {
        return service.equals(other) && tls.equals(terms.tls());
    }

    Service service() {
        return service;
    }

    Balance<Reach> balance() {
        return balance;
    }

    /** Does that when the names have been looked up for the first time. */
    void follow(Runnable then) {
        var first = new ArrayList<CompletableFuture<?>>();
        for (var each : located) {
            var question = each.question();
            if (question != null) {
                first.add(parts.names().first(question).thenRun(then));
            }
        }
        var _ = CompletableFuture.allOf(first.toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> balance.settled());
    }

    /**
     * Takes what the names stand for now.
     *
     * @param known makes or finds an endpoint
     * @return whether that was anything new
     */
    synchronized boolean update(Function<Endpoint.Key, Endpoint> known) {
        if (!named && !answers.isEmpty()) {
            return false;
        }
        var now = located.stream()
                .map(each -> Optional.ofNullable(each.now(parts.names())))
                .toList();
        if (now.equals(answers)) {
            // the next comparison is of the very same
            answers = now;
            return false;
        }
        var reached = new HashMap<Endpoint, Reach>();
        balance.candidates().forEach(candidate -> reached.put(candidate.endpoint(), candidate.reach()));
        var candidates = new ArrayList<Candidate<Reach>>();
        for (int i = 0; i < located.size(); i++) {
            var target = located.get(i);
            for (var spot : target.spots(now.get(i).orElse(null))) {
                var endpoint = known.apply(new Endpoint.Key(target.target().identity(), spot.address()));
                var reach = reached.computeIfAbsent(
                        endpoint, _ -> Reach.of(target.reached(), to(spot.origin(), spot.address()), parts.pools()));
                candidates.add(new Candidate<>(
                        endpoint,
                        reach,
                        spot.weight(),
                        spot.priority(),
                        target.target().state()));
            }
        }
        answers = now;
        balance.candidates(candidates);
        return true;
    }

    /** One for each endpoint that may be used; where nothing is checked, they only probe. */
    Map<Endpoint, Checkup> checkups(Map<Endpoint, Checkup> before) {
        var health = service.health();
        var checkups = new HashMap<Endpoint, Checkup>();
        for (var candidate : balance.candidates()) {
            var endpoint = candidate.endpoint();
            if (health.kind() == HealthCheck.Kind.NONE) {
                endpoint.unchecked();
            } else if (candidate.state() == Target.State.HELD) {
                endpoint.unproven(Instant.now());
            }
            if (candidate.state() != Target.State.HELD) {
                var earlier = before.get(endpoint);
                checkups.put(endpoint, earlier == null ? checkup(candidate) : earlier);
            }
        }
        return checkups;
    }

    private Checkup checkup(Candidate<Reach> candidate) {
        var address = candidate.endpoint().address();
        var target = candidate.reach().target();
        var origin = target.origin().at(address == null ? 0 : address.getPort());
        var asked = to(origin.at((int) service.health().port()), address);
        return new Checkup(service.health(), Reach.of(target, asked, parts.checking()), System.nanoTime());
    }

    private Destination to(Origin origin, @Nullable InetSocketAddress address) {
        return new Destination(origin, address == null ? null : address.getAddress(), tls, http2);
    }

    /** The targets whose name has no address, with the reason. */
    Map<String, String> unresolved() {
        return troubles(true);
    }

    /** The targets whose name has the addresses that it had before, with the reason. */
    Map<String, String> stale() {
        return troubles(false);
    }

    private Map<String, String> troubles(boolean none) {
        var troubles = new LinkedHashMap<String, String>();
        for (var each : located) {
            var answer = each.now(parts.names());
            if (answer != null && !answer.trouble().isEmpty() && answer.places().isEmpty() == none) {
                troubles.put(each.target().identity(), answer.trouble());
            }
        }
        return troubles;
    }
}
