package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.token.IssuerServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where somebody else is asked about each credential: introspection and forward-auth. */
class AskedElsewhereTest {

    private final Asking asking = new Asking();
    private final IssuerServer server = new IssuerServer();
    private final List<Exchange> questions = new ArrayList<>();

    @BeforeEach
    void know() {
        asking.consumers.take(Map.of("web-shop", new Consumer("")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void issuer() {
        var secret = "client-secret-of-at-least-32-characters";
        var settings = Settings.read(
                        Issuer.class,
                        Map.of(
                                "opaque", Map.of(),
                                "fetching", Map.of("plain-http", true, "timeout", "30s"),
                                "introspection",
                                        Map.of(
                                                "url",
                                                server.url() + "/introspect",
                                                "client-id",
                                                "gateway",
                                                "client-secret",
                                                secret)))
                .orThrow()
                .sealed("corp", Asking.SECRETS);
        assertThat(Settings.write(settings).toString()).doesNotContain(secret);
        asking.issuers.take(Map.of("corp", settings));
    }

    private Response ask(String token) {
        var route = Map.of("credentials", List.of(Map.of("introspection", Map.of("issuer", "corp"))));
        return asking.ask(asking.filter(route), "/", "Authorization: Bearer " + token);
    }

    @Test
    void asksTheIssuerOnceAndBelievesItForAWhile() {
        issuer();
        server.publish("/introspect", "{\"active\":true,\"client_id\":\"web-shop\",\"scope\":\"a b\",\"sub\":\"ada\"}");

        assertThat(ask("opaque").status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().caller()).isNotNull().satisfies(caller -> {
            assertThat(caller).extracting(Caller::consumer, Caller::keyId).containsExactly("web-shop", "ada");
            assertThat(caller.scopes()).containsExactlyInAnyOrder("a", "b");
        });
        assertThat(server.lastBody()).isEqualTo("token=opaque&token_type_hint=access_token");
        server.publish("/introspect", "{\"active\":false}");
        assertThat(ask("opaque").status()).isEqualTo(200);
        asking.clock.advance(Duration.ofSeconds(30));
        assertThat(ask("opaque").rejection())
                .extracting("refusal", "reason")
                .containsExactly(Refusal.TOKEN_REFUSED, "The token is not active.");
    }

    @Test
    void letsNobodyPassWhileTheIssuerDoesNotAnswer() {
        issuer();
        server.down(true);
        assertThat(ask("opaque").rejection()).extracting("refusal").isEqualTo(Refusal.ISSUER_UNAVAILABLE);
    }

    private Response forwarded(Response answer, String... fields) {
        asking.service = question -> {
            questions.add(question);
            return answer;
        };
        var route = Map.of(
                "credentials",
                List.of(Map.of(
                        "forward-auth",
                        Map.of(
                                "service", "auth",
                                "path", "/check?full=1",
                                "consumer-header", "X-Consumer",
                                "answer-headers", List.of("X-User")))));
        return asking.ask(asking.filter(route), Exchanges.of("POST", "/orders?page=2", Asking.fields(fields)));
    }

    private static Response answer(int status, String... fields) {
        return new Response(status, Headers.of(fields), Body.empty());
    }

    @Test
    void showsAnotherServiceTheHeadAndTakesOverWhatItSays() {
        var passed = forwarded(
                answer(204, "X-Consumer", "web-shop", "X-User", "ada", "X-Other", "1"),
                "Authorization: Custom abc",
                "X-User: root",
                "Accept: text/html");

        assertThat(passed.status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().caller()).isEqualTo(new Caller("web-shop", "forward-auth"));
        assertThat(asking.passed.getFirst().headers())
                .containsExactly(new Headers.Field("Accept", "text/html"), new Headers.Field("X-User", "ada"));
        var question = questions.getFirst();
        assertThat(question.method() + " " + question.path() + "?" + question.query())
                .isEqualTo("GET /check?full=1");
        assertThat(question.headers())
                .containsExactly(
                        new Headers.Field("Authorization", "Custom abc"),
                        new Headers.Field("X-Forwarded-Method", "POST"),
                        new Headers.Field("X-Forwarded-Uri", "/orders?page=2"));
    }

    @Test
    void refusesWhateverIsNoClearYes() {
        assertThat(forwarded(answer(401), "Authorization: x").rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.AUTHENTICATION_REFUSED);
        assertThat(forwarded(answer(403), "Authorization: x").rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.ACCESS_REFUSED);
        for (int status : List.of(302, 404, 500)) {
            assertThat(forwarded(answer(status), "Authorization: x").rejection())
                    .extracting("refusal")
                    .isEqualTo(Refusal.AUTHENTICATION_UNAVAILABLE);
        }
        var unreachable = Rejection.of(Refusal.UPSTREAM_UNREACHABLE, "away").toResponse();
        assertThat(forwarded(unreachable, "Authorization: x").rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.AUTHENTICATION_UNAVAILABLE);
        assertThat(forwarded(answer(200, "X-Consumer", "nobody"), "Authorization: x")
                        .rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.CONSUMER_UNKNOWN);
        assertThat(forwarded(answer(200)).rejection()).extracting("refusal").isEqualTo(Refusal.CREDENTIAL_MISSING);
        assertThat(asking.passed).isEmpty();
    }
}
