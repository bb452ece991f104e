package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.identity.token.IssuerServer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose priority counts on an overloaded node: found without any work, and without touching the request. */
class KnownConsumerTest {

    private final Asking asking = new Asking();
    private final KeyText key = asking.key("web-shop");

    @Test
    void looksUpAKeyWhereTheRouteTakesItAndLeavesItThere() {
        var exchange = Exchanges.get("/?a=1&api_key=" + key.text());

        assertThat(consumer(key(Map.of("query", "api_key")), exchange)).contains("web-shop");
        assertThat(exchange.query()).isEqualTo("a=1&api_key=" + key.text());
        assertThat(consumer(key(Map.of()), exchange)).isEmpty();
        assertThat(consumer(key(Map.of()), Exchanges.get("/", "X-API-Key", key.text())))
                .contains("web-shop");
        assertThat(consumer(
                        key(Map.of("header", "X-Token", "bearer", false)), Exchanges.get("/", "X-API-Key", key.text())))
                .isEmpty();
    }

    @Test
    void looksUpAKeyOnAPublicRouteToo() {
        var route = Asking.route(Map.of("public", true));

        assertThat(asking.credentials
                        .consumers("users-api", route)
                        .apply(Exchanges.get("/", "Authorization", "Bearer " + key.text())))
                .contains("web-shop");
    }

    @Test
    void knowsATokenOnceItWasVerified() {
        try (var server = new IssuerServer()) {
            var keys = Map.of("keys", IssuerServer.keySet(server.key().toPublicJWK()), "issuer", server.url());
            asking.consumers.take(Map.of("web-shop", new Consumer("")));
            asking.issuers.take(Map.of(
                    "corp", Settings.read(Issuer.class, Map.of("key-set", keys)).orThrow()));
            Map<String, ?> asked = Map.of("credentials", List.of(Map.of("jwt", Map.of("issuer", "corp"))));
            var token = server.token(asking.clock.instant().plusSeconds(60), Map.of("client_id", "web-shop"));
            var exchange = Exchanges.get("/", "Authorization", "Bearer " + token);

            assertThat(consumer(asked, exchange)).isEmpty();
            assertThat(asking.ask(asking.filter(asked), "/", "Authorization: Bearer " + token)
                            .status())
                    .isEqualTo(200);
            assertThat(consumer(asked, exchange)).contains("web-shop");
            assertThat(consumer(asked, Exchanges.get("/", "Authorization", "Bearer " + token + "x")))
                    .isEmpty();
            asking.clock.advance(Duration.ofSeconds(91));
            assertThat(consumer(asked, exchange)).isEmpty();
        }
    }

    @Test
    void knowsAPasswordOnceItWasChecked() {
        var ada = login(Map.of("consumer", "web-shop", "password", "correct horse battery"))
                .sealed("ada", Asking.SECRETS, Optional.empty());
        asking.known.logins().take(Map.of("ada", ada));
        Map<String, ?> asked = Map.of("credentials", List.of(Map.of("basic", Map.of())));
        var field = "Basic "
                + Base64.getEncoder().encodeToString("ada:correct horse battery".getBytes(StandardCharsets.UTF_8));
        var exchange = Exchanges.get("/", "Authorization", field);

        assertThat(consumer(asked, exchange)).isEmpty();
        assertThat(asking.ask(asking.filter(asked), "/", "Authorization: " + field)
                        .status())
                .isEqualTo(200);
        assertThat(consumer(asked, exchange)).contains("web-shop");
        assertThat(consumer(asked, Exchanges.get("/", "Authorization", "Basic ?")))
                .isEmpty();
    }

    @Test
    void knowsAClientCertificate() {
        asking.known
                .logins()
                .take(Map.of(
                        "shop", login(Map.of("consumer", "web-shop", "certificate", Map.of("subject", "CN=shop")))));
        Map<String, ?> asked = Map.of("credentials", List.of(Map.of("client-certificate", Map.of())));

        assertThat(consumer(asked, shown("CN=shop"))).contains("web-shop");
        assertThat(consumer(asked, shown("CN=other"))).isEmpty();
    }

    @Test
    void countsWhoShowsNothingAsAnonymousAndNobodyElse() {
        var asked = new HashMap<String, Object>(key(Map.of()));
        asked.put("anonymous", "guests");

        assertThat(consumer(asked, Exchanges.get("/"))).contains("guests");
        assertThat(consumer(asked, Exchanges.get("/", "X-API-Key", key.text()))).contains("web-shop");
        assertThat(consumer(asked, Exchanges.get("/", "X-API-Key", "gk_other"))).isEmpty();
    }

    private static Map<String, Object> key(Map<String, ?> settings) {
        return Map.of("credentials", List.of(Map.of("key", settings)));
    }

    private static Login login(Map<String, ?> settings) {
        return Settings.read(Login.class, settings).orThrow();
    }

    private static Exchange shown(String subject) {
        return new Exchange(
                "request-1",
                new RequestLine("GET", "api.example", "/", null),
                new Client(InetAddress.ofLiteral("203.0.113.5"), "https", subject, List.of()),
                new Headers(),
                Body.empty(),
                Downstream.PLAIN);
    }

    private Optional<String> consumer(Map<String, ?> authentication, Exchange exchange) {
        return asking.credentials
                .consumers("users-api", Asking.route(Map.of("authentication", authentication)))
                .apply(exchange);
    }
}
