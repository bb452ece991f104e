package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Target;
import java.net.URI;
import java.util.List;

/** Proxies to targets of which nothing is known beforehand and that nobody else uses. */
public final class Proxies {

    private Proxies() {}

    public static Proxy to(List<URI> targets, UpstreamTerms terms, UpstreamPools pools) {
        return Proxy.to("service", service(targets), terms, new Targets(pools, Targets.Watches.NONE));
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
