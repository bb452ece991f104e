package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.backend.dns.NameServers;
import dev.gatehouse.node.backend.dns.Names;
import java.net.URI;
import java.util.List;

/** Proxies to targets of which nothing is known beforehand and that nobody else uses. */
public final class Proxies {

    private static final Names NAMES = new Names(NameServers.ofThisMachine());

    private Proxies() {}

    public static Proxy to(List<URI> targets, UpstreamTerms terms, UpstreamPools pools) {
        return Proxy.to(live(pools).balance(service(targets), terms), terms);
    }

    /** Whose clock is moved by hand. */
    static LiveService live(UpstreamPools pools) {
        return new LiveService("service", new Targets.Parts(pools, pools, NAMES, Targets.Watches.NONE, name -> name));
    }

    static Service service(List<URI> targets) {
        return new Service(
                targets.stream().map(target -> new Target(target.toString())).toList(),
                Proxied.PATIENT.connect(),
                Proxied.PATIENT.silence(),
                Protocol.HTTP1,
                ServiceTls.DEFAULT);
    }
}
