package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Service;
import dev.gatehouse.node.backend.balance.Stickiness;
import dev.gatehouse.node.exchange.Handler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All copies that a node sends, over connections of their own: a mirror never takes a turn of a request. One a node;
 * what is known of a mirror survives the swap of a configuration.
 */
public final class Mirrors implements AutoCloseable {

    private final Map<String, MirrorRoom> rooms = new ConcurrentHashMap<>();
    private final MirrorLimits limits;
    private final UpstreamPools pools;
    private final Targets targets;

    /** @param seal names endpoints in cookies, on all nodes alike */
    public Mirrors(Stickiness.Seal seal) {
        this(MirrorLimits.DEFAULT, seal);
    }

    Mirrors(MirrorLimits limits, Stickiness.Seal seal) {
        this.limits = limits;
        var usual = PoolLimits.DEFAULT;
        pools = new UpstreamPools(
                new PoolLimits(limits.busy(), limits.busy(), 0, usual.rest(), usual.age(), usual.absence()));
        targets = new Targets(pools, Targets.Watches.NONE, seal);
    }

    /** What copies go through: over connections of their own, and soon given up. */
    public Handler proxy(String name, Service service, UpstreamTerms terms) {
        var times = new UpstreamTimes(
                soon(terms.times().connect()), soon(terms.times().silence()));
        return Proxy.to(
                name,
                service.onlyBalanced(),
                new UpstreamTerms(times, terms.http2(), terms.tls(), WebSockets.NONE),
                targets);
    }

    /** Forgets what is known of all other services. */
    public void keep(Collection<String> services) {
        rooms.keySet().retainAll(services);
        targets.keep(services);
    }

    private Duration soon(Duration time) {
        return time.compareTo(limits.time()) < 0 ? time : limits.time();
    }

    /** Where copies to a service of that name wait and are counted. */
    MirrorRoom room(String service) {
        return rooms.computeIfAbsent(service, name -> new MirrorRoom(name, limits));
    }

    MirrorLimits limits() {
        return limits;
    }

    /** One sentence for each mirror that has not kept up lately. */
    public List<String> problems() {
        return rooms.values().stream()
                .filter(MirrorRoom::behind)
                .map(room -> "The mirror '" + room + "' does not keep up: some requests are not copied to it.")
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        targets.close();
        pools.close();
    }
}
