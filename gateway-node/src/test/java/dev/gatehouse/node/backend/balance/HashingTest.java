package dev.gatehouse.node.backend.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.model.Balancing.Hash;
import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.db.model.StickyTarget;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same key meets the same endpoint, whatever comes and goes elsewhere. */
class HashingTest {

    private static final int KEYS = 10_000;

    @Test
    void leavesAllOthersWhereTheyAreWhenOneGoes() {
        var cohort = hashing(Hash.By.HEADER, "X-Key").with("abcde");
        var before = placed(cohort);
        var after = placed(cohort.without("c"));

        before.forEach((key, letter) -> {
            if (!letter.equals("c")) {
                assertThat(after).containsEntry(key, letter);
            }
        });
        assertThat(moved(before, after)).isBetween(KEYS / 5 - 240, KEYS / 5 + 240);
    }

    @Test
    void movesNoMoreThanItsShareToOneThatComes() {
        var cohort = hashing(Hash.By.HEADER, "X-Key").with("abcd");
        var before = placed(cohort);
        var after = placed(cohort.with("e", 2));

        assertThat(moved(before, after)).isBetween(KEYS / 3 - 290, KEYS / 3 + 290);
        after.forEach((key, letter) -> assertThat(letter).isIn("e", before.get(key)));
    }

    @Test
    void leavesAllOthersWhereTheyAreWhenOneIsUnhealthy() {
        var cohort = hashing(Hash.By.HEADER, "X-Key").with("abcde");
        var before = placed(cohort);
        cohort.endpoint("b").checked(false, "answered 500", HealthCheck.NONE, Instant.EPOCH);
        cohort.balance().refresh();
        var after = placed(cohort);

        before.forEach((key, letter) -> {
            if (!letter.equals("b")) {
                assertThat(after).containsEntry(key, letter);
            }
        });
        assertThat(after).doesNotContainValue("b");
    }

    /** A breaker that is open, a slot that is taken, one that was asked before: it stays where the others can see it. */
    @Test
    void leavesAllOthersWhereTheyAreWhenOneIsPassedOver() {
        var cohort = hashing(Hash.By.HEADER, "X-Key")
                .watchedBy((endpoint, _) -> refusing(endpoint, "b"))
                .with("abcde");
        var refused = placed(cohort);
        assertThat(refused)
                .isEqualTo(placed(hashing(Hash.By.HEADER, "X-Key").with("acde")))
                .doesNotContainValue("b");

        var all = hashing(Hash.By.HEADER, "X-Key").with("abcde");
        placed(all).forEach((key, letter) -> {
            if (letter.equals("b")) {
                var exchange = Exchanges.get("/", "X-Key", key);
                var first = all.pick(exchange);
                first.end();
                var second = all.balance().pick(exchange, first);
                assertThat(second).isNotNull();
                assertThat(second.reach()).isEqualTo(refused.get(key));
                second.end();
            }
        });
    }

    @Test
    void keepsTheOthersWithinTheirBoundsWhenOneIsPassedOver() {
        var cohort = hashing(Hash.By.HEADER, "X-Key", 25)
                .watchedBy((endpoint, _) -> refusing(endpoint, "b"))
                .with("abcde");
        for (int i = 1; i <= 100; i++) {
            cohort.pick(Exchanges.get("/", "X-Key", "hot"));
            double bound = Math.ceil(i / 4.0 * 1.25);
            assertThat(cohort.endpoints.values()).allMatch(endpoint -> endpoint.running() <= bound);
        }
        assertThat(cohort.endpoint("b").running()).isZero();
    }

    private static Watch refusing(Endpoint endpoint, String letter) {
        return new Watch() {
            @Override
            public boolean admits() {
                return !endpoint.toString().equals(letter);
            }

            @Override
            public void answered(int status, long nanos, long now) {}

            @Override
            public void failed(Failure failure, long nanos) {}
        };
    }

    /** At every moment, whatever the keys: one key alone has as many requests running as all others. */
    @Test
    void keepsEveryoneWithinItsBound() {
        var random = new Random(20261128);
        for (long headroom : new long[] {1, 25, 100}) {
            var cohort = hashing(Hash.By.HEADER, "X-Key", headroom)
                    .with("a", 1)
                    .with("b", 2)
                    .with("c", 3)
                    .with("d", 4);
            var running = new ArrayList<Pick<String>>();
            for (int i = 0; i < 3_000; i++) {
                if (!running.isEmpty() && random.nextInt(100) < 45) {
                    running.remove(random.nextInt(running.size())).end();
                } else {
                    var key = random.nextBoolean() ? "hot" : "key-" + random.nextInt(KEYS);
                    var pick = cohort.pick(Exchanges.get("/", "X-Key", key));
                    running.add(pick);
                    double weight = "abcd".indexOf(pick.reach()) + 1;
                    double bound = Math.ceil(running.size() * weight / 10 * (1 + headroom / 100.0));
                    assertThat((double) pick.endpoint().running()).isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @Test
    void doesNotCareInWhichOrderTheyAreWritten() {
        assertThat(placed(hashing(Hash.By.HEADER, "X-Key").with("cab")))
                .isEqualTo(placed(hashing(Hash.By.HEADER, "X-Key").with("abc")));
    }

    @Test
    void readsTheKeyWhereTheSettingsSay() {
        assertSame(Hash.By.HEADER, Exchanges.get("/a", "X-Key", "7"), Exchanges.get("/b", "x-key", "7"));
        assertSame(
                Hash.By.COOKIE,
                Exchanges.get("/a", "Cookie", "a=b; X-Key=7"),
                Exchanges.get("/b", "Cookie", "X-Key=7"));
        assertSame(Hash.By.ADDRESS, Exchanges.from("2001:db8::1"), Exchanges.from("2001:db8::2"));
        var one = Exchanges.get("/users/7");
        one.route("users", name -> name.equals("X-Key") ? "7" : null);
        var other = Exchanges.get("/users/7/orders");
        other.route("orders", name -> name.equals("X-Key") ? "7" : null);
        assertSame(Hash.By.PARAMETER, one, other);
        assertSame(Hash.By.QUERY, Exchanges.get("/a?b=1&X-Key=7"), Exchanges.get("/b?X-Key=%37&X-Key=8"));
        var web = Exchanges.get("/a");
        web.caller(new Caller("web-shop", "12345678"));
        var shop = Exchanges.get("/b");
        shop.caller(new Caller("web-shop", "87654321"));
        assertSame(Hash.By.CONSUMER, web, shop);
    }

    @Test
    void sendsWhoHasNoKeyByChance() {
        var shares = hashing(Hash.By.CONSUMER, "").with("ab").shares(200);

        assertThat(shares.get("a")).isBetween(50, 150);
    }

    private static void assertSame(Hash.By by, Exchange one, Exchange other) {
        var cohort = hashing(by, by == Hash.By.ADDRESS || by == Hash.By.CONSUMER ? "" : "X-Key")
                .with("abcdefghijkl");
        var key = new HashKey(new Hash(by, "X-Key", 25));
        assertThat(key.of(one)).isEqualTo(key.of(other)).isNotEqualTo(HashKey.NONE);
        var first = cohort.pick(one);
        first.end();
        assertThat(cohort.pick(other).reach()).isEqualTo(first.reach());
    }

    private static Cohort hashing(Hash.By by, String name) {
        return hashing(by, name, 25);
    }

    private static Cohort hashing(Hash.By by, String name, long headroom) {
        return Cohort.of(new Balancing(
                Balancing.Algorithm.HASH, new Hash(by, name, headroom), Duration.ZERO, 0, StickyTarget.NONE));
    }

    private static Map<String, String> placed(Cohort cohort) {
        var placed = new HashMap<String, String>();
        for (int i = 0; i < KEYS; i++) {
            var pick = cohort.pick(Exchanges.get("/", "X-Key", "key-" + i));
            placed.put("key-" + i, pick.reach());
            pick.end();
        }
        return placed;
    }

    private static int moved(Map<String, String> before, Map<String, String> after) {
        return (int) before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
    }
}
