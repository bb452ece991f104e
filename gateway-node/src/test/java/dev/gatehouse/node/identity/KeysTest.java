package dev.gatehouse.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
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

        assertThat(keys.find(key)).contains(new KnownKey("web-shop", key.id(), new Grant(KeyTerms.OPEN)));
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
    void knowsNoKeyThatAnotherPepperMade() {
        put(Long.MAX_VALUE);

        assertThat(new Keys(table, new Pepper(1, "another pepper, just as long"), clock).find(key))
                .isEmpty();
    }

    private void put(long expiresAt) {
        put(0, expiresAt, KeyTerms.OPEN);
    }

    private void put(long notBefore, long expiresAt, KeyTerms terms) {
        table.apply(List.of(new HashedKey(key.id(), "web-shop", PEPPER.hash(key), notBefore, expiresAt, terms, false)));
    }
}
