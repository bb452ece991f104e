package dev.gatehouse.node.backend;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.backend.dns.DnsServer;
import dev.gatehouse.node.backend.dns.Names;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;

/** A service with targets on real sockets, and what looks after it on a clock that is moved by hand. */
abstract class LiveServiceBase {

    static final UpstreamTimes TIMES = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofSeconds(2));
    static final String ERROR = "HTTP/1.1 503 Busy\nContent-Length: 4\n\nbusy";

    final DnsServer dns = new DnsServer();
    final UpstreamPools pools = new UpstreamPools();
    final UpstreamPools checking = new UpstreamPools();
    final LiveService live = new LiveService(
            "users",
            new Targets.Parts(pools, checking, new Names(dns.asked()), Targets.Watches.NONE, name -> "at-" + name));
    long now = System.nanoTime();

    @AfterEach
    void stop() {
        pools.close();
        checking.close();
        dns.close();
    }

    Proxy proxy(Service service) {
        var terms =
                new UpstreamTerms(TIMES, service.protocol() == Protocol.HTTP2, UpstreamTls.PLATFORM, WebSockets.NONE);
        return Proxy.to(live.balance(service, terms), terms);
    }

    static Service service(List<?> targets, Map<String, Object> settings) {
        var plain = new LinkedHashMap<String, Object>(settings);
        plain.put("targets", targets);
        return Settings.read(Service.class, plain).orThrow();
    }

    static List<String> bodies(Proxy proxy, int requests) {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < requests; i++) {
            try (var response = proxy.handle(Exchanges.get("/"))) {
                bodies.add(Proxied.read(response));
            }
        }
        return bodies;
    }

    List<String> conditions() {
        return live.states().stream()
                .map(state -> state.condition() + " " + state.why())
                .toList();
    }

    /** Intervals pass. */
    void tickUntil(Callable<Boolean> condition) {
        await().until(() -> {
            now += Duration.ofSeconds(10).toNanos();
            live.tick(now);
            return condition.call();
        });
    }
}
