package dev.gatehouse.node.backend;

import static dev.gatehouse.node.backend.ScriptedUpstream.OK;
import static dev.gatehouse.node.backend.ScriptedUpstream.always;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.exchange.Exchanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service behind TLS, with a certificate for 127.0.0.1 and no other name. */
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "for tests only";

    private static SSLContext trusting;

    @BeforeAll
    static void certify(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var file = folder.resolve("service.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int code = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "service",
                        "-dname",
                        "CN=service",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(folder.resolve("log"))).isZero();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @Test
    void isAskedAndItsConnectionIsKept() throws IOException {
        try (var upstream = service()) {
            assertThat(statuses(PATIENCE, trusting, "https://127.0.0.1:" + upstream.port(), 5))
                    .containsOnly(200);
            assertThat(upstream.requests()).hasSize(5);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void isNotAskedWhenItsCertificateIsForAnotherName() throws IOException {
        try (var upstream = service()) {
            assertThat(statuses(PATIENCE, trusting, "https://localhost:" + upstream.port(), 1))
                    .containsExactly(502);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void isNotAskedWhenItsCertificateIsNotTrusted() throws IOException {
        try (var upstream = service()) {
            assertThat(statuses(PATIENCE, Proxied.platform(), "https://127.0.0.1:" + upstream.port(), 1))
                    .containsExactly(502);
            assertThat(upstream.requests()).isEmpty();
        }
    }

    @Test
    void isGivenUpWhenItDoesNotShakeHandsInTime() {
        try (var silent = new ScriptedUpstream(gateway -> gateway.rest())) {
            assertThat(statuses(Duration.ofMillis(200), trusting, "https://127.0.0.1:" + silent.port(), 1))
                    .containsExactly(502);
        }
    }

    private static ScriptedUpstream service() throws IOException {
        ServerSocket server =
                trusting.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        return new ScriptedUpstream(server, always(OK));
    }

    private static List<Integer> statuses(Duration connect, SSLContext tls, String target, int requests) {
        var times = new UpstreamTimes(connect, Duration.ofSeconds(20));
        try (var pools = new UpstreamPools(PoolLimits.DEFAULT, tls)) {
            var proxy = new Proxy(List.of(URI.create(target)), path -> path, UpstreamTerms.plain(times), pools);
            return IntStream.range(0, requests)
                    .mapToObj(_ -> {
                        try (var response = proxy.handle(Exchanges.get("/"))) {
                            Proxied.read(response);
                            return response.status();
                        }
                    })
                    .toList();
        }
    }
}
