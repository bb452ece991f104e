package dev.gatehouse.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.OwnStores;
import dev.gatehouse.deploy.servers.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetcherTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Issued root = Issued.authority("root");
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Fetcher fetcher = new Fetcher(AddressRules.of(List.of("127.0.0.0/8", "::1")));
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(root.issue("localhost"))));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/moved" -> {
                    exchange.getResponseHeaders().add("Location", "/keys");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/silent" -> {
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                default -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
                }
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        fetcher.close();
        server.stop(0);
    }

    @Test
    void believesOnlyAServerThatItsAuthoritiesVouchForUnderTheNameThatWasAsked() throws Exception {
        assertThat(fetch("https://localhost:%d/keys", root.pem(), LONG))
                .isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> fetch("https://127.0.0.1:%d/keys", root.pem(), LONG))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fetch("https://localhost:%d/keys", "", LONG)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fetch(
                        "https://localhost:%d/keys", Issued.authority("other").pem(), LONG))
                .isInstanceOf(IOException.class);
    }

    @Test
    void followsNoRedirectAndWaitsNoLongerThanItMay() {
        assertThatThrownBy(() -> fetch("https://localhost:%d/moved", root.pem(), LONG))
                .hasMessage("its answer was 302");
        assertThatThrownBy(() -> fetch("https://localhost:%d/silent", root.pem(), Duration.ofMillis(700)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void asksNeitherThisMachineUnlessAllowedNorTheStoresOfTheGatewayAtAll() {
        try (var strict = new Fetcher(AddressRules.of(List.of()))) {
            for (var host : List.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254")) {
                assertThatThrownBy(() -> strict.fetch(question("http://" + host + ":%d/keys", "", LONG)))
                        .as(host)
                        .hasMessageContaining("leads to an address that is not asked");
            }
        }
        var stores = OwnStores.of(
                new Database.Access(
                        "jdbc:postgresql://localhost:" + server.getAddress().getPort() + "/x", "x", ""),
                RedisAccess.of("redis://127.0.0.1:1"));
        try (var near =
                new Fetcher(AddressRules.of(List.of("127.0.0.0/8", "::1")).awayFrom(stores))) {
            assertThatThrownBy(() -> near.fetch(question("https://127.0.0.1:%d/keys", root.pem(), LONG)))
                    .hasMessageContaining("a store of the gateway itself");
        }
    }

    private Fetcher.Question question(String url, String trust, Duration limit) {
        return Fetcher.Question.get(url.formatted(server.getAddress().getPort()), trust, limit);
    }

    private byte[] fetch(String url, String trust, Duration limit) throws IOException {
        return fetcher.fetch(question(url, trust, limit));
    }

    private static SSLContext context(Issued issued) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", issued.keys().getPrivate(), new char[0], issued.path().toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
