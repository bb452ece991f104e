package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.db.store.TargetState.Condition;
import dev.gatehouse.node.backend.dns.DnsServer;
import dev.gatehouse.node.backend.dns.Names;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A service with targets on real sockets, some of which are checked, killed, silent, or named by a real name server. */
class LiveServiceTest {

    private static final UpstreamTimes TIMES = new UpstreamTimes(Duration.ofSeconds(5), Duration.ofMillis(300));
    private static final String ERROR = "HTTP/1.1 503 Busy\nContent-Length: 4\n\nbusy";

    private final DnsServer dns = new DnsServer();
    private final UpstreamPools pools = new UpstreamPools();
    private final UpstreamPools checking = new UpstreamPools();
    private final LiveService live = new LiveService(
            "users",
            new Targets.Parts(pools, checking, new Names(dns.asked()), Targets.Watches.NONE, name -> "at-" + name));
    private long now = System.nanoTime();

    @AfterEach
    void stop() {
        pools.close();
        checking.close();
        dns.close();
    }

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
            tickUntil(() -> conditions().equals(List.of("unhealthy not serving")));
        }
    }

    @Test
    void ejectsWhoIsKilledAndTakesItBackWhenItListensAgain() throws IOException {
        try (var well = ScriptedUpstream.answering(OK)) {
            var killed = ScriptedUpstream.answering("HTTP/1.1 200 OK\nContent-Length: 4\n\nback");
            var ejection = Map.<String, Object>of("time", "100ms", "longest", "200ms", "gateway-errors", 2);
            var proxy = proxy(
                    service(List.of(killed.url().toString(), well.url().toString()), Map.of("ejection", ejection)));
            assertThat(bodies(proxy, 4)).contains("ok", "back");
            killed.close();

            assertThat(bodies(proxy, 20))
                    .as("whoever is asked, each is answered")
                    .containsOnly("ok");
            assertThat(conditions().getFirst()).startsWith("ejected 2 failures in a row");
            await().until(() -> {
                live.tick(now);
                return conditions().getFirst().startsWith("ejected the probe failed: no connection");
            });

            var socket = new ServerSocket(killed.port(), 50, InetAddress.ofLiteral("127.0.0.1"));
            try (var back = new ScriptedUpstream(socket, always("HTTP/1.1 200 OK\nContent-Length: 4\n\nback"))) {
                await().until(() -> {
                    live.tick(now);
                    return bodies(proxy, 2).contains("back");
                });
                assertThat(back.requests()).isNotEmpty();
                assertThat(live.states()).isEmpty();
            }
        }
    }

    @Test
    void ejectsWhoIsSilentAndWhoSaysThatItIsBusy() {
        try (var well = ScriptedUpstream.answering(OK);
                var silent = new ScriptedUpstream(ScriptedUpstream.Peer::rest);
                var busy = ScriptedUpstream.answering(ERROR);
                var other = ScriptedUpstream.answering(OK)) {
            var proxy = proxy(service(
                    List.of(
                            well.url().toString(),
                            silent.url().toString(),
                            busy.url().toString(),
                            other.url().toString()),
                    Map.of("ejection", Map.of("gateway-errors", 1))));
            bodies(proxy, 12);

            assertThat(bodies(proxy, 20)).containsOnly("ok");
            assertThat(conditions())
                    .containsExactly(
                            "ejected 1 failures in a row, the last: no answer in time",
                            "ejected 1 failures in a row, the last: answered 503");
        }
    }

    /** Elsewhere loopback has one address. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void followsTheAddressesOfANameWhileConnectionsLive() throws IOException {
        try (var one = ScriptedUpstream.answering("HTTP/1.1 200 OK\nContent-Length: 3\n\none");
                var two = at("127.0.0.2", one.port(), "two");
                var three = at("127.0.0.3", one.port(), "six")) {
            dns.says("users.internal", "1 IN A 127.0.0.1", "1 IN A 127.0.0.2");
            var url = "http://users.internal:" + one.port();
            var proxy = proxy(service(List.of(url), Map.of()));
            assertThat(bodies(proxy, 4)).containsOnly("one", "two").hasSize(4);
            assertThat(one.requests().getFirst().headers().first("Host")).contains("users.internal:" + one.port());
            assertThat(live.states())
                    .extracting(TargetState::target, TargetState::address, TargetState::condition)
                    .containsExactly(
                            tuple(url, "127.0.0.1:" + one.port(), Condition.IN_USE),
                            tuple(url, "127.0.0.2:" + one.port(), Condition.IN_USE));

            dns.says("users.internal", "1 IN A 127.0.0.2", "1 IN A 127.0.0.3");
            await().until(() -> {
                live.tick(now);
                return bodies(proxy, 2).contains("six");
            });
            int before = one.requests().size();
            assertThat(bodies(proxy, 10)).containsOnly("two", "six");
            assertThat(one.requests()).hasSize(before);
            assertThat(two.connections()).as("what stayed kept its connections").isOne();

            dns.forgets("users.internal");
            await().until(() -> {
                live.tick(now);
                return !live.problems().isEmpty();
            });
            assertThat(live.problems())
                    .containsExactly(
                            "Service 'users': the addresses of " + url + " may be old: no address for users.internal.");
            assertThat(bodies(proxy, 4)).containsOnly("two", "six");
            assertThat(three.connections()).isOne();
        }
    }

    @Test
    void tellsOfThoseInTroubleFirst() {
        dns.says("a.internal", "60 IN A 127.0.0.1");
        try (var targets = new Targets(pools, new Names(dns.asked()), Targets.Watches.NONE, name -> name)) {
            for (var name : List.of("a", "b", "c")) {
                targets.balance(
                        name, service(List.of("http://" + name + ".internal"), Map.of()), UpstreamTerms.plain(TIMES));
            }
            await().until(() ->
                    targets.states().stream().map(TargetState::service).toList().equals(List.of("b", "c", "a")));
        }
    }

    @Test
    void goesWhereSrvRecordsSay() {
        try (var one = ScriptedUpstream.answering(OK)) {
            dns.says("_http._tcp.users.internal", "60 IN SRV 0 0 " + one.port() + " a.internal.");
            dns.says("a.internal", "60 IN A 127.0.0.1");
            var target = Map.of("url", "http://users.internal", "srv", "_http._tcp.users.internal");
            var proxy = proxy(service(List.of(target), Map.of()));

            assertThat(bodies(proxy, 1)).containsExactly("ok");
            assertThat(one.requests().getFirst().headers().first("Host")).contains("users.internal");
        }
    }

    @Test
    void saysThatANameHasNoAddressAndThatAllAreHeld() {
        var proxy = proxy(service(List.of("http://nowhere.internal:80"), Map.of()));
        try (var response = proxy.handle(Exchanges.get("/"))) {
            assertThat(response.rejection()).isNotNull();
            assertThat(response.status()).isEqualTo(502);
        }
        assertThat(conditions()).containsExactly("no address no address for nowhere.internal");

        var held = proxy(service(List.of(Map.of("url", "http://127.0.0.1:1", "state", "held")), Map.of()));
        try (var response = held.handle(Exchanges.get("/"))) {
            var rejection = response.rejection();
            assertThat(rejection).isNotNull();
            assertThat(rejection.refusal()).isEqualTo(Refusal.NO_HEALTHY_TARGET);
        }
    }

    @Test
    void keepsWhatItKnowsWhenOtherSettingsOfTheServiceChange() {
        try (var well = ScriptedUpstream.answering(OK);
                var busy = ScriptedUpstream.answering(ERROR)) {
            var targets = List.<Object>of(busy.url().toString(), well.url().toString());
            var first = proxy(service(targets, Map.of()));
            bodies(first, 10);
            assertThat(conditions()).hasSize(1);

            var second = proxy(service(targets, Map.of("connect-timeout", "1s")));

            assertThat(bodies(second, 6)).containsOnly("ok");
            assertThat(bodies(first, 6)).as("who has the old one").containsOnly("ok");
        }
    }

    @Test
    void goesByItsNewestSettingsWhoeverHasOlderOnes() {
        try (var well = ScriptedUpstream.answering(OK);
                var busy = ScriptedUpstream.answering(ERROR)) {
            var targets = List.<Object>of(busy.url().toString(), well.url().toString());
            var first = proxy(service(targets, Map.of("ejection", Map.of("share", 0))));
            assertThat(bodies(first, 12)).contains("busy");

            var second = proxy(service(targets, Map.of()));
            bodies(second, 2);
            live.tick(now);
            assertThat(conditions()).hasSize(1);
            assertThat(bodies(first, 4)).containsOnly("ok");

            var third = proxy(service(targets, Map.of("ejection", Map.of("share", 0))));
            assertThat(bodies(second, 12)).contains("busy");
            live.tick(now);
            assertThat(bodies(third, 4)).contains("busy");
            assertThat(conditions()).isEmpty();
        }
    }

    @Test
    void givesABrowserItsCookieOnce() {
        try (var one = ScriptedUpstream.answering(OK);
                var two = ScriptedUpstream.answering(OK)) {
            var proxy = proxy(service(
                    List.of(one.url().toString(), two.url().toString()),
                    Map.of("balancing", Map.of("sticky", Map.of("cookie", "to")))));
            String cookie;
            try (var response = proxy.handle(Exchanges.get("/"))) {
                cookie = response.headers().first("Set-Cookie").orElseThrow();
            }
            assertThat(cookie).startsWith("to=at-http://127.0.0.1:");
            for (int i = 0; i < 3; i++) {
                var value = cookie.substring(0, cookie.indexOf(';'));
                try (var response = proxy.handle(Exchanges.get("/", "Cookie", value))) {
                    assertThat(response.headers().first("Set-Cookie")).isEmpty();
                }
            }
            assertThat(List.of(one.requests().size(), two.requests().size())).containsExactlyInAnyOrder(4, 0);
        }
    }

    private static ScriptedUpstream at(String address, int port, String body) throws IOException {
        return new ScriptedUpstream(
                new ServerSocket(port, 50, InetAddress.ofLiteral(address)),
                always("HTTP/1.1 200 OK\nContent-Length: 3\n\n" + body));
    }

    private Proxy proxy(Service service) {
        var terms =
                new UpstreamTerms(TIMES, service.protocol() == Protocol.HTTP2, UpstreamTls.PLATFORM, WebSockets.NONE);
        return Proxy.to(live.balance(service, terms), terms);
    }

    private static Service service(List<?> targets, Map<String, Object> settings) {
        var plain = new LinkedHashMap<String, Object>(settings);
        plain.put("targets", targets);
        return Settings.read(Service.class, plain).orThrow();
    }

    private static List<String> bodies(Proxy proxy, int requests) {
        var bodies = new ArrayList<String>();
        for (int i = 0; i < requests; i++) {
            try (var response = proxy.handle(Exchanges.get("/"))) {
                bodies.add(Proxied.read(response));
            }
        }
        return bodies;
    }

    private List<String> conditions() {
        return live.states().stream()
                .map(state -> state.condition() + " " + state.why())
                .toList();
    }

    /** Intervals pass. */
    private void tickUntil(Callable<Boolean> condition) {
        await().until(() -> {
            now += Duration.ofSeconds(10).toNanos();
            live.tick(now);
            return condition.call();
        });
    }
}
