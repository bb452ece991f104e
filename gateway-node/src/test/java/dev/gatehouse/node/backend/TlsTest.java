package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static dev.gatehouse.node.backend.ScriptedUpstream.once;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.backend.http2.Http2Upstream;
import dev.gatehouse.node.exchange.Exchanges;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service behind TLS, with a certificate for localhost and users.example that an authority of its own vouches for. */
class TlsTest {

    private static Authority authority;
    private static Authority stranger;
    private static UpstreamTls.Identity client;
    private static SSLContext service;

    @BeforeAll
    static void certify() {
        authority = new Authority("ours");
        stranger = new Authority("theirs");
        service = authority.serving(authority.issue("localhost", "users.example"));
        client = authority.issue("gateway.example");
    }

    @Test
    void isAskedAndItsConnectionIsKept() {
        try (var upstream = service()) {
            assertThat(statuses(authority.trusted(), upstream, 5)).containsOnly(200);
            assertThat(upstream.requests()).hasSize(5);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void isNotAskedWhenItsCertificateIsForAnotherName() {
        try (var upstream = service()) {
            assertThat(statuses(authority.trusted(), "https://127.0.0.1:" + upstream.port(), 1))
                    .containsExactly(502);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void isNotAskedWhenNobodyThatIsTrustedVouchesForIt() {
        try (var upstream = service()) {
            assertThat(statuses(UpstreamTls.PLATFORM, upstream, 1)).containsExactly(502);
            assertThat(statuses(stranger.trusted(), upstream, 1)).containsExactly(502);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void isAskedByTheNameThatIsSetForIt() {
        try (var upstream = service()) {
            assertThat(statuses(named("users.example"), "https://127.0.0.1:" + upstream.port(), 1))
                    .containsExactly(200);
            assertThat(statuses(named("orders.example"), upstream, 1)).containsExactly(502);
        }
    }

    @Test
    void isAskedWhoeverItIsWhereNothingIsVerified() {
        var anybody = new UpstreamTls(List.of(stranger.certificate()), null, "", false);
        try (var upstream = service()) {
            assertThat(statuses(anybody, "https://127.0.0.1:" + upstream.port(), 2))
                    .containsOnly(200);
        }
    }

    @Test
    void isShownTheClientCertificateThatItWants() {
        var server = Authority.listen(service);
        server.setNeedClientAuth(true);
        try (var upstream = new ScriptedUpstream(server, always(OK))) {
            var known = new UpstreamTls(List.of(authority.certificate()), client, "", true);

            assertThat(statuses(authority.trusted(), upstream, 1)).containsExactly(502);
            assertThat(statuses(known, upstream, 1)).containsExactly(200);
        }
    }

    @Test
    void doesNotShareConnectionsBetweenSettings() {
        try (var upstream = service();
                var pools = new UpstreamPools()) {
            for (var tls : List.of(authority.trusted(), named("users.example"), authority.trusted())) {
                assertThat(statuses(pools, tls, url(upstream), 1)).containsExactly(200);
            }
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void resumesItsSessionOnTheNextConnection() {
        var closing = "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 0\n\n";
        try (var upstream = new ScriptedUpstream(Authority.listen(service), once(closing))) {
            assertThat(statuses(authority.trusted(), upstream, 3)).containsOnly(200);

            // a resumed session keeps the time of its first handshake
            assertThat(upstream.sockets())
                    .hasSize(3)
                    .extracting(socket -> ((SSLSocket) socket).getSession().getCreationTime())
                    .containsOnly(((SSLSocket) upstream.sockets().getFirst())
                            .getSession()
                            .getCreationTime());
        }
    }

    @Test
    void isGivenUpWhenItDoesNotShakeHandsInTime() {
        try (var silent = new ScriptedUpstream(gateway -> gateway.rest());
                var pools = new UpstreamPools()) {
            var times = new UpstreamTimes(Duration.ofMillis(200), Duration.ofSeconds(20));
            var proxy = proxy(pools, times, authority.trusted(), url(silent));
            assertThat(proxy.handle(Exchanges.get("/")).status()).isEqualTo(504);
        }
    }

    @Test
    void isAskedOverHttp2WhenItOffersIt() {
        try (var upstream = new Http2Upstream(offering("h2"), Http2Upstream.answering("ok"))) {
            assertThat(http2("https://localhost:" + upstream.port())).containsExactly(200, 200);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void isNotAskedOverHttp2WhenItDoesNotOfferIt() {
        try (var upstream = new ScriptedUpstream(offering("http/1.1"), always(OK));
                var silent = service()) {
            assertThat(http2(url(upstream))).containsExactly(502, 502);
            assertThat(http2(url(silent))).containsExactly(502, 502);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    private static SSLServerSocket offering(String protocol) {
        var server = Authority.listen(service);
        var parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        server.setSSLParameters(parameters);
        return server;
    }

    private static List<Integer> http2(String target) {
        try (var pools = new UpstreamPools()) {
            var terms = new UpstreamTerms(Proxied.PATIENT, true, authority.trusted(), WebSockets.NONE);
            return statuses(Proxies.to(List.of(URI.create(target)), terms, pools), 2);
        }
    }

    private static UpstreamTls named(String serverName) {
        return new UpstreamTls(List.of(authority.certificate()), null, serverName, true);
    }

    private static ScriptedUpstream service() {
        return new ScriptedUpstream(Authority.listen(service), always(OK));
    }

    private static String url(ScriptedUpstream upstream) {
        return "https://localhost:" + upstream.port();
    }

    private static List<Integer> statuses(UpstreamTls tls, ScriptedUpstream upstream, int requests) {
        return statuses(tls, url(upstream), requests);
    }

    private static List<Integer> statuses(UpstreamTls tls, String target, int requests) {
        try (var pools = new UpstreamPools()) {
            return statuses(pools, tls, target, requests);
        }
    }

    private static List<Integer> statuses(UpstreamPools pools, UpstreamTls tls, String target, int requests) {
        return statuses(proxy(pools, Proxied.PATIENT, tls, target), requests);
    }

    private static List<Integer> statuses(Proxy proxy, int requests) {
        return IntStream.range(0, requests)
                .mapToObj(_ -> {
                    try (var response = proxy.handle(Exchanges.get("/"))) {
                        Proxied.read(response);
                        return response.status();
                    }
                })
                .toList();
    }

    private static Proxy proxy(UpstreamPools pools, UpstreamTimes times, UpstreamTls tls, String target) {
        var terms = new UpstreamTerms(times, false, tls, WebSockets.NONE);
        return Proxies.to(List.of(URI.create(target)), terms, pools);
    }
}
