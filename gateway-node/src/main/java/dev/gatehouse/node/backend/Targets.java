package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Stickiness;
import dev.gatehouse.node.backend.balance.Watch;
import dev.gatehouse.node.backend.dns.NameServers;
import dev.gatehouse.node.backend.dns.Names;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The targets of all services, with what this node knows of each. One a node: what is known of a target survives the swap
 * of a configuration as long as its service has it.
 */
public final class Targets implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Targets.class.getName());

    private static final long TICK_MILLIS = 100;
    private static final int MOST_TOLD = 2_000;
    private static final int MOST_PROBLEMS = 50;

    /** Of connections that only ask whether a target is well: each is used once, and a service has one at a time for each. */
    private static final PoolLimits ONCE =
            new PoolLimits(Integer.MAX_VALUE, 0, 0, Duration.ZERO, Duration.ofMinutes(1));

    /** Makes what watches the endpoints of a service. */
    @FunctionalInterface
    public interface Watches {
        Watch.Maker of(String service, Service settings);

        /** Nobody watches. */
        Watches NONE = (_, _) -> (_, before) -> before;
    }

    /**
     * What it takes.
     *
     * @param pools of the connections that requests take
     * @param checking of those that only ask
     * @param names what the names of targets stand for
     * @param seal names endpoints in cookies, on all nodes alike
     */
    record Parts(UpstreamPools pools, UpstreamPools checking, Names names, Watches watches, Stickiness.Seal seal) {}

    private final Parts parts;
    private final ConcurrentHashMap<String, LiveService> services = new ConcurrentHashMap<>();
    private final KeptBodies bodies = new KeptBodies();
    private final Thread clock;

    /**
     * @param pools of the connections that requests take
     * @param seal names endpoints in cookies, on all nodes alike
     */
    public Targets(UpstreamPools pools, Watches watches, Stickiness.Seal seal) {
        this(pools, new Names(NameServers.ofThisMachine()), watches, seal);
    }

    /** @param names what the names of targets stand for */
    Targets(UpstreamPools pools, Names names, Watches watches, Stickiness.Seal seal) {
        parts = new Parts(pools, new UpstreamPools(ONCE), names, watches, seal);
        clock = Thread.ofPlatform().daemon().name("gatehouse-targets").start(this::run);
    }

    /**
     * What gives out the targets of that service. Whoever asks with equal settings shares one.
     *
     * @throws IllegalArgumentException when there is no target, one is not an address, or TLS cannot be had on these
     *     terms
     */
    Balance<Reach> balance(String name, Service service, UpstreamTerms terms) {
        return services.computeIfAbsent(name, _ -> new LiveService(name, parts)).balance(service, terms);
    }

    /** Those that are kept to be sent again, of all services. */
    KeptBodies bodies() {
        return bodies;
    }

    /** Forgets what is known of all other services. */
    public void keep(Collection<String> names) {
        services.keySet().retainAll(names);
    }

    /** Of which there is more to say than that they are used; those in trouble first, by service. The first of very many. */
    public List<TargetState> states() {
        return sorted().flatMap(service -> service.states().stream())
                .sorted(Comparator.comparing(state -> !state.condition().troubled()))
                .limit(MOST_TOLD)
                .toList();
    }

    /** One sentence for each target that cannot be used as configured; the first of very many. */
    public List<String> problems() {
        return sorted().flatMap(service -> service.problems().stream())
                .limit(MOST_PROBLEMS)
                .toList();
    }

    private Stream<LiveService> sorted() {
        return new TreeMap<>(services).values().stream();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                long now = System.nanoTime();
                services.values().forEach(service -> tick(service, now));
                parts.names().sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No service's trouble is another one's. */
    private static void tick(LiveService service, long now) {
        try {
            service.tick(now);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "targets cannot be looked after", e);
        }
    }

    @Override
    public void close() {
        clock.interrupt();
        parts.checking().close();
    }
}
