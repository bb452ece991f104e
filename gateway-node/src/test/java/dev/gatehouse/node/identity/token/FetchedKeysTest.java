package dev.gatehouse.node.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.fetch.Fetcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedKeysTest {

    @TempDir
    private Path folder;

    private final HandMovedClock clock = new HandMovedClock();
    private final IssuerServer server = new IssuerServer();
    private final List<Issuers> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Issuers::close);
        server.close();
    }

    @Test
    void followsAnExchangedKeyWithoutRefusingASingleToken() {
        var issuer = issuer(Map.of());
        assertThat(issuer.judge(token())).isInstanceOf(Judgement.Good.class);

        for (var id : List.of("second", "third")) {
            server.rotate(id);
            assertThat(issuer.judge(token())).isInstanceOf(Judgement.Good.class);
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(server.asked()).isEqualTo(3);
    }

    @Test
    void goesOnWithKnownKeysWhileTheAddressIsDownAndFetchesOnceForAnyNumberOfUnknownOnes() throws Exception {
        var issuer = issuer(Map.of());
        var known = token();
        assertThat(issuer.judge(known)).isInstanceOf(Judgement.Good.class);
        server.down(true);
        int before = server.asked();

        var stranger = IssuerServer.generated("unknown");
        var judged = new ArrayList<Future<Judgement>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                var unknown = server.token(stranger, clock.instant().plusSeconds(60), Map.of("jti", "" + i));
                judged.add(callers.submit(() -> issuer.judge(unknown)));
            }
        }

        for (var judgement : judged) {
            assertThat(judgement.get())
                    .isEqualTo(new Judgement.Bad("is signed with a key that its issuer does not have", true));
        }
        assertThat(server.asked()).isEqualTo(before + 1);
        assertThat(issuer.judge(token())).isInstanceOf(Judgement.Good.class);
        clock.advance(Duration.ofSeconds(10));
        issuer.judge(server.token(stranger, clock.instant().plusSeconds(60), Map.of()));
        assertThat(server.asked()).isEqualTo(before + 2);
        assertThat(issuer.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("its answer was 500"));
    }

    @Test
    void takesTheKeysFromTheDiskWhereTheAddressIsDownAtTheStartAndLetsThemGoInTheEnd() {
        var token = server.token(clock.instant().plus(Duration.ofDays(3)), Map.of());
        assertThat(issuer(Map.of()).judge(token)).isInstanceOf(Judgement.Good.class);
        server.down(true);

        var restarted = issuer(Map.of());
        assertThat(restarted.judge(token)).isInstanceOf(Judgement.Good.class);
        assertThat(restarted.known(token)).isNotNull();

        clock.advance(Duration.ofDays(1).plusMinutes(11));
        assertThat(restarted.known(token)).isNull();
        assertThat(restarted.judge(token)).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void forgetsATokenWithItsKey() {
        var issuer = issuer(Map.of());
        var token = token();
        var good = (Judgement.Good) issuer.judge(token);
        assertThat(issuer.known(token)).isNotNull();

        server.rotate("second");
        issuer.judge(token());

        assertThat(issuer.known(token)).isNull();
        assertThat(good.holds().getAsBoolean()).isFalse();
        assertThat(issuer.judge(token)).isInstanceOf(Judgement.Bad.class);
    }

    @Test
    void findsTheKeysByDiscoveryAndBelievesOnlyADocumentOfTheIssuerItself() {
        assertThat(issuer(discovery()).judge(token())).isInstanceOf(Judgement.Good.class);

        server.publish(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"https://other\",\"jwks_uri\":\"" + server.url() + "/jwks\"}");
        assertTrouble(discovery(), "its configuration names another issuer");
        server.publish(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + server.url() + "\",\"jwks_uri\":\"file:///etc/passwd\"}");
        assertTrouble(discovery(), "names no address of keys that may be asked");
    }

    @Test
    void takesNothingFromAnAddressThatIsNotAskedNorOfAnySize() {
        server.publish("/jwks", "x".repeat(600 << 10));
        assertTrouble(Map.of(), "its answer has more than 524288 bytes");
        server.publish("/jwks", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}");
        assertTrouble(Map.of(), "it gave no key that can be used");

        var strict =
                new Issuers(new Fetcher(AddressRules.of(List.of())), folder.resolve("strict"), Secrets.NONE, clock);
        started.add(strict);
        strict.take(Map.of("corp", settings(Map.of())));
        await().untilAsserted(() -> assertThat(strict.problems())
                .singleElement()
                .asString()
                .contains("Issuer 'corp' has never given its keys", "leads to an address that is not asked"));
        assertThat(Objects.requireNonNull(strict.find("corp")).judge(token())).isInstanceOf(Judgement.Unknown.class);
    }

    private void assertTrouble(Map<String, ?> with, String reason) {
        var issuers = new Issuers(
                new Fetcher(AddressRules.of(List.of("127.0.0.0/8"))), folder.resolve("trouble"), Secrets.NONE, clock);
        started.add(issuers);
        issuers.take(Map.of("corp", settings(with)));
        await().untilAsserted(() ->
                assertThat(issuers.problems()).singleElement().asString().contains(reason));
    }

    private Map<String, ?> discovery() {
        return Map.of("discovery", Map.of("issuer", server.url()));
    }

    private String token() {
        return server.token(clock.instant().plusSeconds(300), Map.of());
    }

    private Issuer settings(Map<String, ?> with) {
        var plain = new HashMap<String, Object>(with);
        plain.putIfAbsent("fetching", Map.of("plain-http", true, "timeout", "30s"));
        if (!with.containsKey("discovery")) {
            plain.put("key-set-url", Map.of("url", server.url() + "/jwks", "issuer", server.url()));
        }
        return Settings.read(Issuer.class, plain).orThrow();
    }

    private LiveIssuer issuer(Map<String, ?> with) {
        var issuers = new Issuers(new Fetcher(AddressRules.of(List.of("127.0.0.0/8"))), folder, Secrets.NONE, clock);
        started.add(issuers);
        issuers.take(Map.of("corp", settings(with)));
        return Objects.requireNonNull(issuers.find("corp"));
    }
}
