package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.KeyTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCheckTest {

    private final Asking asking = new Asking();
    private final HandMovedClock clock = asking.clock;
    private final KeyTable table = asking.table;
    private final Filter filter = asking.filter(Map.of());
    private final KeyText key = asking.key("web-shop");
    private final List<Exchange> passed = asking.passed;

    @ParameterizedTest
    @ValueSource(
            strings = {"X-API-Key: %s", "x-api-key:  %s ", "Authorization: Bearer %s", "AUTHORIZATION: bearer  %s"})
    void letsTheHolderOfAKeyPassAndKeepsTheKey(String field) {
        var answer = ask(field.formatted(key.text()), "X-Other: 1");

        assertThat(answer.status()).isEqualTo(200);
        var exchange = passed.getFirst();
        assertThat(exchange.caller()).isEqualTo(new Caller("web-shop", key.id()));
        assertThat(exchange.headers()).containsExactly(new Headers.Field("X-Other", "1"));
    }

    @Test
    void keepsEverySpellingOfTheKeyAndNothingElse() {
        ask(
                "X-API-Key: " + key.text(),
                "x-api-key: " + key.text(),
                "Authorization: Bearer " + key.text(),
                "authorization: Basic dXNlcjpwYXNz");

        assertThat(passed.getFirst().headers())
                .containsExactly(new Headers.Field("authorization", "Basic dXNlcjpwYXNz"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Other: 1",
                "X-API-Key: ",
                "X-API-Key:   ",
                "Authorization: Basic dXNlcjpwYXNz",
                "Authorization: Bearer"
            })
    void asksForAKeyWhereThereIsNone(String field) {
        var answer = ask(field);

        assertThat(answer.rejection()).extracting("refusal").isEqualTo(Refusal.KEY_MISSING);
        assertThat(answer.headers().first("WWW-Authenticate")).contains("Bearer realm=\"gatehouse\"");
        assertThat(passed).isEmpty();
    }

    @Test
    void answersAnUnknownARevokedAndAnExpiredKeyAlike() {
        var revoked = KeyText.create("live");
        var expired = KeyText.create("live");
        table.apply(List.of(
                hashed(revoked, Long.MAX_VALUE, false),
                hashed(revoked, Long.MAX_VALUE, true),
                hashed(expired, clock.millis() + 1_000, false)));
        clock.advance(Duration.ofSeconds(1));

        for (var none : List.of(
                KeyText.create("live").text(), revoked.text(), expired.text(), "hello", key.text() + "x", "\u00e9")) {
            var answer = ask("X-API-Key: " + none);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.rejection())
                    .extracting("refusal", "reason")
                    .containsExactly(Refusal.KEY_REFUSED, "The API key is not known here, or no longer valid.");
            assertThat(answer.headers().first("WWW-Authenticate"))
                    .contains("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
        }
        assertThat(passed).isEmpty();
    }

    @Test
    void admitsTheCallerForAsLongAsTheKeyIsInForce() {
        var expiring = KeyText.create("live");
        table.apply(List.of(hashed(expiring, clock.millis() + 1_000, false)));
        ask("X-API-Key: " + key.text());
        ask("X-API-Key: " + expiring.text());
        assertThat(passed).allMatch(Exchange::admitted);

        clock.advance(Duration.ofSeconds(1));
        assertThat(passed).extracting(Exchange::admitted).containsExactly(true, false);

        table.apply(List.of(hashed(key, Long.MAX_VALUE, true)));
        assertThat(passed).noneMatch(Exchange::admitted);
    }

    @Test
    void letsTheKeyFieldDecideWhereBothAreSent() {
        var unknown = KeyText.create("live").text();

        assertThat(ask("Authorization: Bearer " + unknown, "X-API-Key: " + key.text())
                        .status())
                .isEqualTo(200);
        assertThat(ask("Authorization: Bearer " + key.text(), "X-API-Key: " + unknown)
                        .status())
                .isEqualTo(401);
    }

    private Response ask(String... fields) {
        return asking.ask(filter, "/", fields);
    }

    private static HashedKey hashed(KeyText key, long expiresAt, boolean revoked) {
        return Asking.hashed(key, "web-shop", expiresAt, revoked);
    }
}
