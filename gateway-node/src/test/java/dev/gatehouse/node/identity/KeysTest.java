package dev.gatehouse.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Caller;
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

        assertThat(keys.find(key)).contains(new Caller("web-shop", key.id()));
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
        table.apply(List.of(new HashedKey(key.id(), "web-shop", PEPPER.hash(key), expiresAt, false)));
    }
}
