package dev.gatehouse.node.backend.balance;

import static dev.gatehouse.db.model.Balancing.Algorithm.ROUND_ROBIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.db.model.Sticky;
import dev.gatehouse.db.model.StickyTarget;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Who can be used: by health, priority, by hand, and when too few are left. */
class AvailabilityTest {

    @Test
    void skipsTheUnhealthyAndTakesThemBack() {
        var cohort = Cohort.of(ROUND_ROBIN).with("abc");
        health(cohort, "b", false);
        assertThat(cohort.picks(6)).doesNotContain("b");

        health(cohort, "b", true);
        assertThat(cohort.picks(6)).contains("b");
    }

    @Test
    void needsAsManyChecksInARowAsTheSettingsSay() {
        var endpoint = new Endpoint(new Endpoint.Key("a", null));
        var settings = HealthCheck.NONE;
        assertThat(endpoint.checked(true, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(false, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(false, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(true, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(false, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(false, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(false, "answered 500", settings, Instant.EPOCH))
                .isTrue();
        assertThat(endpoint.verdict().why()).isEqualTo("answered 500");
        assertThat(endpoint.checked(true, "", settings, Instant.EPOCH)).isFalse();
        assertThat(endpoint.checked(true, "", settings, Instant.EPOCH)).isTrue();
    }

    @Test
    void picksNoneTwiceForOneExchange() {
        var cohort = Cohort.of(ROUND_ROBIN).with("abc").with("d", 1, 1);
        var exchange = Exchanges.get("/");
        var tried = new ArrayList<String>();
        for (Pick<String> pick = cohort.balance().pick(exchange, null);
                pick != null;
                pick = cohort.balance().pick(exchange, pick)) {
            tried.add(pick.reach());
        }
        assertThat(tried).containsExactlyInAnyOrder("a", "b", "c", "d").endsWith("d");
    }

    @Test
    void asksTheNextPriorityForWhatTheFirstIsMissing() {
        var cohort = Cohort.of(ROUND_ROBIN).with("abcd");
        "wxyz".chars().forEach(letter -> cohort.with(Character.toString(letter), 1, 1));
        assertThat(cohort.picks(40)).matches("[abcd]*");

        health(cohort, "a", false);
        assertThat(cohort.picks(40)).as("three of four are enough").matches("[bcd]*");

        health(cohort, "b", false);
        var shares = cohort.shares(2_000);
        assertThat(shares).doesNotContainKeys("a", "b");
        assertThat(Cohort.share(shares, "c") + Cohort.share(shares, "d"))
                .as("70 % go on")
                .isBetween(1_300, 1_500);

        health(cohort, "c", false);
        health(cohort, "d", false);
        assertThat(cohort.picks(40)).matches("[wxyz]*");
    }

    @Test
    void usesAllWhenTooFewAreLeft() {
        var cohort = Cohort.of(ROUND_ROBIN).with("abcd");
        health(cohort, "a", false);
        health(cohort, "b", false);
        assertThat(cohort.picks(40)).matches("[cd]*");
        assertThat(cohort.balance().panics()).isFalse();

        health(cohort, "c", false);
        assertThat(cohort.picks(40)).contains("a", "b", "c", "d");
        assertThat(cohort.balance().panics()).isTrue();

        health(cohort, "d", false);
        assertThat(cohort.picks(40)).contains("a", "b", "c", "d");
    }

    @Test
    void usesTheLastOneWhereThereIsNoPanic() {
        var usual = Balancing.DEFAULT;
        var cohort = Cohort.of(new Balancing(ROUND_ROBIN, usual.hash(), usual.slowStart(), 0, usual.sticky()))
                .with("abcdefghij");
        "abcdefghi".chars().forEach(letter -> health(cohort, Character.toString(letter), false));

        assertThat(cohort.picks(5)).isEqualTo("jjjjj");
    }

    @Test
    void sendsNothingToWhomIsHeldNotEvenInPanic() {
        var cohort = Cohort.of(ROUND_ROBIN).with("ab").in(Target.State.HELD, "a");
        health(cohort, "b", false);
        assertThat(cohort.picks(4)).isEqualTo("bbbb");

        cohort.in(Target.State.HELD, "b");
        assertThat(cohort.balance().pick(Exchanges.get("/"), null)).isNull();
    }

    @Test
    void startsSlowlyWhoIsNewOrBack() {
        var usual = Balancing.DEFAULT;
        var cohort = Cohort.of(
                        new Balancing(ROUND_ROBIN, usual.hash(), Duration.ofSeconds(10), usual.panic(), usual.sticky()))
                .with("ab");
        assertThat(cohort.shares(100)).as("at the beginning all are new").containsEntry("a", 50);
        cohort.with("c", 1);

        assertThat(cohort.shares(2_100).get("c")).isBetween(80, 120);
        cohort.advance(Duration.ofSeconds(5));
        cohort.balance().tick();
        assertThat(cohort.shares(2_500).get("c")).isBetween(450, 550);
        cohort.advance(Duration.ofSeconds(5));
        cohort.balance().tick();
        assertThat(cohort.shares(300).get("c")).isBetween(98, 102);

        health(cohort, "c", false);
        health(cohort, "c", true);
        assertThat(cohort.shares(2_100).get("c")).isBetween(80, 120);
    }

    @Test
    void startsSlowlyByTheNewSettingsAlsoWhereSomebodyStillHasTheFormer() {
        var usual = Balancing.DEFAULT;
        var slowly = new Balancing(ROUND_ROBIN, usual.hash(), Duration.ofSeconds(10), usual.panic(), usual.sticky());
        var cohort = Cohort.of(ROUND_ROBIN).with("abc").in(Target.State.DRAINED, "c");
        cohort.swap(slowly, Ejection.NEVER).in(Target.State.ACTIVE, "c");
        for (int seconds = 0; seconds < 5; seconds++) {
            cohort.advance(Duration.ofSeconds(1));
            cohort.balance().tick();
        }

        assertThat(cohort.shares(2_500).get("c")).as("half of its part").isBetween(450, 550);
    }

    @Test
    void keepsABrowserWithItsEndpointWhileThatIsWell() {
        var cohort = sticky().with("abc");
        var first = cohort.pick();
        var given = first.cookie(Exchanges.get("/"));
        assertThat(given).isEqualTo("to=sealed-" + first.reach() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
        var browser = Exchanges.get("/", "Cookie", "to=sealed-" + first.reach());

        for (int i = 0; i < 5; i++) {
            assertThat(cohort.pick(browser).reach()).isEqualTo(first.reach());
        }
        assertThat(first.cookie(browser)).isNull();

        health(cohort, first.reach(), false);
        var other = cohort.pick(browser);
        assertThat(other.reach()).isNotEqualTo(first.reach());
        assertThat(other.cookie(browser)).startsWith("to=sealed-" + other.reach());
    }

    @Test
    void leavesABrowserWithTheOneThatIsDrained() {
        var cohort = sticky().with("ab").in(Target.State.DRAINED, "a");

        assertThat(cohort.picks(6)).isEqualTo("bbbbbb");
        assertThat(cohort.pick(Exchanges.get("/", "Cookie", "to=sealed-a")).reach())
                .isEqualTo("a");
        cohort.in(Target.State.HELD, "a");
        assertThat(cohort.pick(Exchanges.get("/", "Cookie", "to=sealed-a")).reach())
                .isEqualTo("b");
    }

    @Test
    void asksWhoeverWatches() {
        var closed = new ArrayList<Endpoint>();
        var cohort = Cohort.of(ROUND_ROBIN)
                .watchedBy((endpoint, before) -> new Watch() {
                    @Override
                    public boolean admits() {
                        return !closed.contains(endpoint);
                    }

                    @Override
                    public void answered(int status, long nanos, long now) {}

                    @Override
                    public void failed(Failure failure, long nanos) {
                        closed.add(endpoint);
                    }
                })
                .with("ab");
        cohort.fail("a", Failure.TIMEOUT, 1);
        assertThat(cohort.picks(4)).isEqualTo("bbbb");

        cohort.fail("b", Failure.TIMEOUT, 1);
        assertThat(cohort.balance().pick(Exchanges.get("/"), null)).isNull();
    }

    private static Cohort sticky() {
        var usual = Balancing.DEFAULT;
        var sticky = new StickyTarget("to", Duration.ZERO, true, Sticky.SameSite.LAX);
        return Cohort.of(new Balancing(ROUND_ROBIN, usual.hash(), usual.slowStart(), usual.panic(), sticky));
    }

    /** A check or as many as it takes. */
    private static void health(Cohort cohort, String letter, boolean healthy) {
        for (int i = 0; i < 3; i++) {
            cohort.endpoint(letter).checked(healthy, "checked", HealthCheck.NONE, Instant.EPOCH);
        }
        cohort.balance().refresh();
    }
}
