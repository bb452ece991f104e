package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Candidate;
import dev.gatehouse.node.backend.balance.Endpoint;
import dev.gatehouse.node.backend.balance.Watch;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets of all services, with what this node knows of each. One a node: what is known of a target survives the swap
 * of a configuration as long as its service has it.
 */
public final class Targets {

    /** Makes what watches the endpoints of a service. */
    @FunctionalInterface
    public interface Watches {
        Watch.Maker of(String service, Service settings);

        /** Nobody watches. */
        Watches NONE = (_, _) -> (_, before) -> before;
    }

    private final UpstreamPools pools;
    private final Watches watches;
    private final ConcurrentHashMap<String, LiveService> services = new ConcurrentHashMap<>();

    /** @param pools of the connections that requests take */
    public Targets(UpstreamPools pools, Watches watches) {
        this.pools = pools;
        this.watches = watches;
    }

    /**
     * What gives out the targets of that service. Whoever asks with equal settings shares one.
     *
     * @throws IllegalArgumentException when there is no target, one is not an address, or TLS cannot be had on these
     *     terms
     */
    Balance<Reach> balance(String name, Service service, UpstreamTerms terms) {
        return services.computeIfAbsent(name, _ -> new LiveService())
                .balance(service, terms, watches.of(name, service), pools);
    }

    /** Forgets what is known of all other services. */
    public void keep(Collection<String> names) {
        services.keySet().retainAll(names);
    }

    /** A service by its name, whatever its settings. */
    private static final class LiveService {

        /** Those who ask with these share what they get. */
        private record Terms(Service service, UpstreamTls tls) {}

        private record Shared(Terms terms, Balance<Reach> balance) {}

        private final ConcurrentHashMap<Endpoint.Key, Endpoint> endpoints = new ConcurrentHashMap<>();
        private List<Shared> shared = List.of();

        synchronized Balance<Reach> balance(
                Service service, UpstreamTerms terms, Watch.Maker watch, UpstreamPools pools) {
            var asked = new Terms(service, terms.tls());
            for (var known : shared) {
                if (known.terms.equals(asked)) {
                    return known.balance;
                }
            }
            if (service.targets().isEmpty()) {
                throw new IllegalArgumentException("a service needs at least one target");
            }
            var candidates = service.targets().stream()
                    .map(target -> candidate(target, terms, pools))
                    .toList();
            var balance = new Balance<Reach>(watch, System::nanoTime);
            balance.candidates(candidates);
            endpoints
                    .values()
                    .retainAll(candidates.stream().map(Candidate::endpoint).toList());
            shared = List.of(new Shared(asked, balance));
            return balance;
        }

        private Candidate<Reach> candidate(Target target, UpstreamTerms terms, UpstreamPools pools) {
            var reached = ServiceTarget.of(target.origin());
            var reach = Reach.of(reached, new Destination(reached.origin(), terms.tls(), terms.http2()), pools);
            var endpoint = endpoints.computeIfAbsent(new Endpoint.Key(target.identity(), null), Endpoint::new);
            return new Candidate<>(endpoint, reach, target.weight(), (int) target.priority(), target.state());
        }
    }
}
