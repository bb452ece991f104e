package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.store.TargetState;
import dev.gatehouse.db.store.TargetState.Condition;
import dev.gatehouse.node.backend.dns.Names;
import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A service with targets on real sockets, some of which are killed, silent, or named by a real name server. */
class LiveServiceTest extends LiveServiceBase {

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
                    .containsExactly("ejected one failure: no answer in time", "ejected one failure: answered 503");
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
}
