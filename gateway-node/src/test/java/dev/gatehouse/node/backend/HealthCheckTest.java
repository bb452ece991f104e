package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.db.store.TargetState.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Targets on real sockets that are checked. */
class HealthCheckTest extends LiveServiceBase {

    @Test
    void leavesOutWhoDoesNotPassItsCheckUntilItDoes() {
        var health = new AtomicReference<>("HTTP/1.1 200 OK\nContent-Length: 9\n\nall is up");
        var asked = new CopyOnWriteArrayList<ScriptedUpstream.Request>();
        try (var checked = new ScriptedUpstream(gateway -> {
                    while (true) {
                        var request = gateway.request();
                        boolean check = request.target().startsWith("/health");
                        if (check) {
                            asked.add(request);
                        }
                        gateway.say(check ? health.get() : OK);
                    }
                });
                var other = new ScriptedUpstream(always("HTTP/1.1 200 OK\nContent-Length: 5\n\nis up"))) {
            var service = service(
                    List.of(checked.url().toString(), other.url().toString()),
                    Map.of(
                            "health",
                            Map.of("kind", "http", "path", "/health?full=1", "body", "is up", "host", "h.internal")));
            var proxy = proxy(service);
            tickUntil(() -> conditions().equals(List.of("in use answered 200", "in use answered 200")));
            assertThat(asked.getFirst().headers().first("Host")).contains("h.internal");
            assertThat(asked.getFirst().target()).isEqualTo("/health?full=1");

            health.set("HTTP/1.1 200 OK\nContent-Length: 4\n\ndown");
            tickUntil(() -> conditions().getFirst().equals("unhealthy answered 200 without 'is up'"));
            assertThat(bodies(proxy, 6)).containsOnly("is up");
            assertThat(live.problems())
                    .containsExactly(
                            "Service 'users': " + checked.url() + " is unhealthy: answered 200 without 'is up'.");

            health.set("HTTP/1.1 200 OK\nContent-Length: 5\n\nis up");
            tickUntil(() -> conditions().getFirst().startsWith("in use"));
            assertThat(bodies(proxy, 6)).contains("ok", "is up");
        }
    }

    @Test
    void sendsNothingToATargetThatComesOrIsActivatedUntilItHasPassedItsCheck() {
        var checks = new AtomicReference<>(ERROR);
        try (var well = ScriptedUpstream.answering(OK);
                var later = new ScriptedUpstream(gateway -> {
                    while (true) {
                        boolean check = gateway.request().target().equals("/health");
                        gateway.say(check ? checks.get() : "HTTP/1.1 200 OK\nContent-Length: 5\n\nlater");
                    }
                })) {
            var health = Map.<String, Object>of("health", Map.of("kind", "http", "path", "/health"));
            var one = well.url().toString();
            proxy(service(List.of(one), health));
            var both = proxy(service(List.of(one, later.url().toString()), health));
            assertThat(bodies(both, 4)).containsOnly("ok");
            assertThat(conditions()).contains("starting not checked yet");
            assertThat(live.problems()).isEmpty();
            tickUntil(() -> conditions().contains("unhealthy answered 503"));
            checks.set(OK);
            tickUntil(() -> bodies(both, 4).contains("later"));

            checks.set(ERROR);
            tickUntil(() -> conditions().contains("unhealthy answered 503"));
            proxy(service(List.of(one, Map.of("url", later.url().toString(), "state", "held")), health));
            var again = proxy(service(List.of(one, later.url().toString()), health));
            assertThat(bodies(again, 4)).containsOnly("ok");
            checks.set(OK);
            tickUntil(() -> bodies(again, 4).contains("later"));
        }
    }

    /** As those that stand behind one ingress. */
    @Test
    void checksOfServicesAtOneAddressDoNotWaitForEachOther() {
        var all = new CountDownLatch(5);
        try (var ingress = new ScriptedUpstream(gateway -> {
                    gateway.request();
                    all.countDown();
                    all.await();
                    gateway.say(OK);
                });
                var targets = new Targets(pools, Targets.Watches.NONE, name -> name)) {
            var service = service(
                    List.of(ingress.url().toString()),
                    Map.of("health", Map.of("kind", "http", "timeout", "30s", "interval", "60s")));
            for (var name : List.of("a", "b", "c", "d", "e")) {
                targets.balance(name, service, UpstreamTerms.plain(TIMES));
            }
            await().until(() -> targets.states().size() == 5);
            assertThat(targets.states())
                    .extracting(TargetState::condition, TargetState::why)
                    .containsOnly(tuple(Condition.IN_USE, "answered 200"));
        }
    }

    @Test
    void checksWhetherAConnectionComesAbout() throws IOException {
        try (var down = Unreachable.refusing();
                var up = ScriptedUpstream.answering(OK)) {
            var service = service(
                    List.of(down.url().toString(), up.url().toString()), Map.of("health", Map.of("kind", "tcp")));
            var proxy = proxy(service);
            tickUntil(() -> conditions()
                    .equals(List.of("unhealthy no connection: Connection refused", "in use took a connection")));

            assertThat(bodies(proxy, 4)).containsOnly("ok");
        }
    }

    @Test
    void checksOverTlsOnTheTermsOfRequests() {
        var ours = new Authority("ours");
        var theirs = new Authority("theirs");
        dns.says("localhost", "60 IN A 127.0.0.1");
        try (var trusted = new ScriptedUpstream(Authority.listen(ours.serving(ours.issue("localhost"))), always(OK));
                var stranger =
                        new ScriptedUpstream(Authority.listen(theirs.serving(theirs.issue("localhost"))), always(OK))) {
            var service = service(
                    List.of("https://localhost:" + trusted.port(), "https://localhost:" + stranger.port()),
                    Map.of("health", Map.of("kind", "http", "path", "/health")));
            var terms = new UpstreamTerms(TIMES, false, ours.trusted(), WebSockets.NONE);
            var proxy = Proxy.to(live.balance(service, terms), terms);

            tickUntil(() -> conditions().contains("in use answered 200")
                    && conditions().stream().anyMatch(told -> told.startsWith("unhealthy no connection: ")));
            assertThat(trusted.requests().getFirst().target()).isEqualTo("/health");
            assertThat(stranger.requests()).isEmpty();
            assertThat(bodies(proxy, 4)).containsOnly("ok");
        }
    }

    @Test
    void asksTheHealthServiceOfGrpc() {
        try (var grpc = new HealthService()) {
            proxy(service(
                    List.of(grpc.url()),
                    Map.of("protocol", "http/2", "health", Map.of("kind", "grpc", "grpc-service", "shop.Users"))));
            tickUntil(() -> conditions().equals(List.of("in use serving")));
            assertThat(new String(grpc.asked.getFirst(), StandardCharsets.US_ASCII))
                    .isEqualTo("\n\nshop.Users");

            grpc.is(HealthService.NOT_SERVING);
            tickUntil(() -> conditions()
                    .equals(List.of(
                            "unhealthy not serving; it may be asked all the same, as too few others are well")));
        }
    }
}
