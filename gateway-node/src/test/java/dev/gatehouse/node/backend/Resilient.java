package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Fallbacks;
import dev.gatehouse.db.model.RouteResilience;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.node.backend.Proxied.Answer;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.resilience.Guards;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A service and a route with settings of resilience, as they are written, before scripted upstreams. */
final class Resilient implements AutoCloseable {

    private final UpstreamPools pools = new UpstreamPools();
    private final Guards guards = new Guards();
    private final Targets targets = new Targets(pools, BreakerWatch.of(guards), name -> name);
    private final Service service;
    private final UpstreamTerms terms;
    private final Handler handler;

    /** @param others services to fall back on, by name */
    Resilient(String route, String service, List<URI> targets, Map<String, Handler> others) {
        var urls = targets.stream().map(URI::toString).collect(Collectors.joining("\", \"", "[ \"", "\" ]"));
        this.service = read(
                Service.class,
                "{ targets: " + urls + ", ejection: { gateway-errors: 0 }, resilience: { " + service + " } }");
        var resilience = read(RouteResilience.class, "{ " + route + " }");
        var idle = this.service.resilience().idleTimeout();
        var times = Proxied.PATIENT;
        terms = UpstreamTerms.plain(
                        new UpstreamTimes(times.connect(), times.silence(), idle.isZero() ? times.silence() : idle))
                .telling(this.service.resilience().deadlineHeader());
        var proxy = Proxy.to(
                "users",
                this.service,
                terms,
                this.targets,
                resilience,
                guards.service("users", this.service.resilience()));
        handler = resilience.fallback().equals(Fallbacks.NONE)
                ? proxy
                : new FallingBack(
                        proxy,
                        resilience.fallback(),
                        name -> Objects.requireNonNull(others.get(name)),
                        settings -> new AnswerRoom().of("users", settings));
    }

    static Resilient of(String route, String service, ScriptedUpstream... upstreams) {
        return new Resilient(
                route,
                service,
                Arrays.stream(upstreams).map(ScriptedUpstream::url).toList(),
                Map.of());
    }

    static <T extends Record> T read(Class<T> type, String yaml) {
        return Settings.read(type, new YAMLMapper().readValue(yaml, Object.class))
                .orThrow();
    }

    Guards guards() {
        return guards;
    }

    List<TargetState> states() {
        return targets.states();
    }

    Response start(Exchange exchange) {
        return handler.handle(exchange);
    }

    Answer ask(Exchange exchange) {
        try (var response = start(exchange)) {
            var rejection = response.rejection();
            var refusal = Optional.ofNullable(rejection).map(told -> told.refusal());
            return new Answer(response.status(), response.headers(), Proxied.read(response), refusal);
        }
    }

    Answer get() {
        return ask(Exchanges.get("/"));
    }

    /** One that a request would take. */
    Pick<Reach> pick() {
        return Objects.requireNonNull(balance().pick(Exchanges.get("/"), null));
    }

    private Balance<Reach> balance() {
        return targets.balance("users", service, terms);
    }

    /** Nothing runs any more: every attempt has ended, and every turn of a connection was given back. */
    void assertNothingIsLeft() {
        await().untilAsserted(() -> {
            var balance = balance();
            var pick = balance.pick(Exchanges.get("/"), null);
            while (pick != null) {
                assertThat(pick.endpoint().running()).isOne();
                if (pick.reach() instanceof Reach.Http1 reach) {
                    assertThat(reach.pool().free()).isEqualTo(PoolLimits.DEFAULT.busy());
                }
                pick.end();
                pick = balance.pick(Exchanges.get("/"), pick);
            }
        });
    }

    @Override
    public void close() {
        targets.close();
        pools.close();
    }
}
