package dev.gatehouse.node.routing;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Redirect;
import dev.gatehouse.db.model.Reply;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.SigningKeys;
import dev.gatehouse.node.backend.AnswerRoom;
import dev.gatehouse.node.backend.FallingBack;
import dev.gatehouse.node.backend.FixedReply;
import dev.gatehouse.node.backend.Mirroring;
import dev.gatehouse.node.backend.Mirrors;
import dev.gatehouse.node.backend.Proxy;
import dev.gatehouse.node.backend.Redirecting;
import dev.gatehouse.node.backend.SigningKeysReply;
import dev.gatehouse.node.backend.Split;
import dev.gatehouse.node.backend.Targets;
import dev.gatehouse.node.backend.UpstreamTerms;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.resilience.Guards;
import dev.gatehouse.node.template.Location;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * From where a route's requests end to what ends them.
 *
 * @param targets of requests
 * @param guards of services
 * @param secrets opens the keys of the certificates that services are shown
 * @param signingKeys those of the gateway, as they are published
 * @param lastAnswers what those of all routes may take together
 */
public record Backends(
        Targets targets,
        Mirrors mirrors,
        Guards guards,
        Secrets secrets,
        Supplier<String> signingKeys,
        AnswerRoom lastAnswers) {

    public Backends(Targets targets, Mirrors mirrors, Guards guards, Secrets secrets, Supplier<String> signingKeys) {
        this(targets, mirrors, guards, secrets, signingKeys, new AnswerRoom());
    }

    /** One that has no keys of its own, and nothing that guards services by name beside it. */
    public Backends(Targets targets, Mirrors mirrors, Secrets secrets) {
        this(targets, mirrors, new Guards(), secrets, () -> "{\"keys\":[]}");
    }

    private static final RandomGenerator CHANCE =
            () -> ThreadLocalRandom.current().nextLong();

    /**
     * What ends the requests of a route of that name.
     *
     * @throws RuntimeException when it cannot be served as configured; the message says why
     */
    Handler of(String name, Route route, RouteServices services) {
        return switch (route.ending()) {
            case Forward forward -> fallingBack(name, route, mirrored(route, forward, services), services);
            case Redirect redirect ->
                new Redirecting(
                        redirect.status().code(),
                        new Location(redirect, route.match().pattern()));
            case Reply reply -> new FixedReply(reply);
            case SigningKeys keys -> new SigningKeysReply(keys, signingKeys);
        };
    }

    private Handler fallingBack(String name, Route route, Handler backend, RouteServices services) {
        var fallback = route.resilience().fallback();
        return fallback.instead().isEmpty()
                ? backend
                : new FallingBack(
                        backend,
                        fallback,
                        service -> proxy(route, services, service),
                        settings -> lastAnswers.of(name, settings));
    }

    private Handler mirrored(Route route, Forward forward, RouteServices services) {
        var backend = split(route, forward, services);
        if (forward.mirrors().isEmpty()) {
            return backend;
        }
        var mirroring = new Mirroring(backend, mirrors, CHANCE);
        for (var mirror : forward.mirrors()) {
            var name = mirror.service();
            var copies = mirrors.proxy(name, services.service(name), terms(route, services, name));
            mirroring.to(name, mirror.percent(), copies);
        }
        return mirroring;
    }

    private Handler split(Route route, Forward forward, RouteServices services) {
        var shares = forward.shares();
        return shares.size() == 1
                ? proxy(route, services, shares.getFirst().service())
                : new Split(shares, forward.sticky(), name -> proxy(route, services, name), CHANCE);
    }

    /** What asks that service on behalf of the route. */
    Handler proxy(Route route, RouteServices services, String name) {
        var service = services.service(name);
        var guard = guards.service(name, service.resilience());
        return Proxy.to(name, service, terms(route, services, name), targets, route.resilience(), guard);
    }

    /** Forgets what is known of the targets of all other services. */
    void keep(Collection<String> services) {
        targets.keep(services);
        mirrors.keep(services);
    }

    private UpstreamTerms terms(Route route, RouteServices services, String name) {
        var service = services.service(name);
        return ServiceTerms.of(route, service, services.certificate(service), secrets);
    }
}
