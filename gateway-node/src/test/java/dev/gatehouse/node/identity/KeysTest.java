package dev.gatehouse.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final Pepper PEPPER = new Pepper(1, "a pepper for tests only");

    private final HandMovedClock clock = new HandMovedClock();
    private final KeyTable table = new KeyTable();
    private final Keys keys = new Keys(table, PEPPER, clock);
    private final KeyText key = KeyText.create("live");

    @Test
    void findsWhoHoldsAKey() {
        put(Long.MAX_VALUE);

        assertThat(keys.find(key)).contains(new KnownKey("web-shop", key.id(), key.id(), new Grant(KeyTerms.OPEN)));
        assertThat(keys.find(KeyText.create("live"))).isEmpty();
    }

    @Test
    void refusesAKeyFromTheMomentInWhichItExpires() {
        put(clock.millis() + 60_000);

        clock.advance(Duration.ofMillis(59_999));
        assertThat(keys.find(key)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(keys.find(key)).isEmpty();
        clock.advance(Duration.ofDays(400));
        assertThat(keys.find(key)).isEmpty();
    }

    @Test
    void refusesAKeyBeforeItsTime() {
        put(clock.millis() + 1_000, Long.MAX_VALUE, KeyTerms.OPEN);

        clock.advance(Duration.ofMillis(999));
        assertThat(keys.find(key)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(keys.find(key)).isPresent();
    }

    @Test
    void saysWhatAKeyIsFor() {
        put(0, Long.MAX_VALUE, new KeyTerms("test", List.of("orders"), List.of("orders:read"), List.of("10.0.0.0/8")));

        var grant = keys.find(key).orElseThrow().grant();
        assertThat(grant.environment()).isEqualTo("test");
        assertThat(grant.opens("orders")).isTrue();
        assertThat(grant.opens("users")).isFalse();
        assertThat(grant.scopes()).containsExactly("orders:read");
        assertThat(grant.admits(InetAddress.ofLiteral("10.9.8.7"))).isTrue();
        assertThat(grant.admits(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
    }

    @Test
    void takesAKeyAgainWhoseEndWasPutOff() {
        put(clock.millis());
        assertThat(keys.find(key)).isEmpty();

        put(clock.millis() + 1);
        assertThat(keys.find(key)).isPresent();
    }

    @Test
    void refusesAKeyThatWasFoundLatelyAsSoonAsItIsRevoked() {
        put(Long.MAX_VALUE);
        assertThat(keys.find(key)).isPresent();

        table.apply(List.of(new HashedKey(key.id(), "web-shop", PEPPER.hash(key), Long.MAX_VALUE, true)));
        assertThat(keys.find(key)).isEmpty();

        put(Long.MAX_VALUE);
        assertThat(keys.find(key)).isPresent();
    }

    @Test
    void tellsMoreKeysApartThanItRemembers() {
        var texts = Stream.generate(() -> KeyText.create("live")).limit(10_000).toList();
        table.apply(texts.stream()
                .map(text -> new HashedKey(text.id(), "of-" + text.id(), PEPPER.hash(text), Long.MAX_VALUE, false))
                .toList());

        for (int round = 0; round < 2; round++) {
            for (var text : texts) {
                assertThat(keys.find(text.text()).orElseThrow().consumer()).isEqualTo("of-" + text.id());
            }
        }
    }

    @Test
    void knowsNoKeyThatAnotherPepperMade() {
        put(Long.MAX_VALUE);

        assertThat(new Keys(table, new Pepper(1, "another pepper, just as long"), clock).find(key))
                .isEmpty();
    }

    @Test
    void knowsKeysOfEachOfItsPeppersAndSaysWhichOneIsMissing() {
        var peppers = Peppers.read("1:a pepper for tests only,2:the pepper that comes next");
        var later = KeyText.create("live");
        put(Long.MAX_VALUE);
        table.apply(
                List.of(new HashedKey(later.id(), "web-shop", peppers.newest().hash(later), Long.MAX_VALUE, false)));

        var both = new Keys(table, peppers, clock);
        assertThat(both.find(key)).isPresent();
        assertThat(both.find(later)).isPresent();
        assertThat(both.problems()).isEmpty();
        assertThat(keys.find(later)).isEmpty();
        assertThat(keys.problems())
                .containsExactly(
                        "1 keys were hashed with pepper 2, which GATEHOUSE_KEY_PEPPER does not hold here: they are refused.");
    }

    @Test
    void knowsATextOfAnotherProductByItsSha256() throws Exception {
        var text = "sk_0b7cf1 (any text)";
        var sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(keys.find(text)).isEmpty();

        table.apply(List.of(new HashedKey(
                "imported",
                "web-shop",
                PEPPER.hashImported(sha256),
                0,
                Long.MAX_VALUE,
                KeyTerms.OPEN,
                true,
                false,
                "imported")));

        assertThat(keys.find(text)).map(KnownKey::id).contains("imported");
        assertThat(keys.find(text + " ")).isEmpty();
        assertThat(keys.find(HexFormat.of().formatHex(sha256)))
                .as("the hash is no key")
                .isEmpty();
    }

    /** So that the time an answer takes does not tell whether a key was ever one. */
    @Test
    void goesOnToTheLastPepperWhateverTheFirstOneFound() {
        var peppers = Peppers.read("1:a pepper for tests only,2:the pepper that comes next");
        table.apply(List.of(
                new HashedKey(key.id(), "ended", peppers.newest().hash(key), clock.millis(), false),
                new HashedKey(key.id(), "going-on", peppers.oldest().hash(key), Long.MAX_VALUE, false)));

        assertThat(new Keys(table, peppers, clock).find(key))
                .map(KnownKey::consumer)
                .contains("going-on");
    }

    private void put(long expiresAt) {
        put(0, expiresAt, KeyTerms.OPEN);
    }

    private void put(long notBefore, long expiresAt, KeyTerms terms) {
        table.apply(List.of(new HashedKey(key.id(), "web-shop", PEPPER.hash(key), notBefore, expiresAt, terms, false)));
    }
}
