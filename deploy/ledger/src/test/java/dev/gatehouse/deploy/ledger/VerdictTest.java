package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.policy.RateLimit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private final Book book = new Book(5);

    private static Settings settings(int limit) {
        return new Settings(
                RateLimit.Mode.LEASED,
                RateLimit.WithoutRedis.LOCAL,
                limit,
                Duration.ofMinutes(1),
                0,
                0,
                1,
                1,
                Duration.ofSeconds(5));
    }

    private Verdict verdict(int limit, Event... events) {
        return Verdict.of(book, settings(limit), List.of(events), new Verdict.Redis(1, -1, 0), Verdict.Quota.NONE);
    }

    @Test
    void holdsWhenEverybodyWasToldWhatIsSo() {
        admitted(0);
        refused(1);

        var verdict = verdict(1);

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.offered()).isEqualTo(2);
        assertThat(verdict.unsent()).isEqualTo(3);
        assertThat(verdict.admitted()).isEqualTo(1);
        assertThat(verdict.used()).isEqualTo(1);
        assertThat(verdict.alone()).isEqualTo(0.5);
    }

    @Test
    void failsWhenOneTooManyIsAdmitted() {
        admitted(0);
        admitted(1);

        assertThat(verdict(2).holds()).isTrue();
        assertThat(verdict(1).most()).isEqualTo(2);
        assertThat(verdict(1).holds()).isFalse();
    }

    @Test
    void failsWhenSomebodyWasToldWhatIsNotSo() {
        book.send(0);
        book.answer(0, 200);
        assertThat(verdict(5).told().lost()).isEqualTo(1);

        refused(1);
        book.arrive(1);
        assertThat(verdict(5).told().through()).isEqualTo(1);

        admitted(2);
        book.arrive(2);
        assertThat(verdict(5).told().twice()).isEqualTo(1);

        book.send(3);
        book.answer(3, 429);
        book.flaw(3, "429 without Retry-After");
        assertThat(verdict(5).told().flawed()).isEqualTo(1);
        assertThat(verdict(5).told().flaw()).isEqualTo("429 without Retry-After");
        assertThat(verdict(5).holds()).isFalse();
    }

    @Test
    void countsWhatANodeLeftOpenWhenItWasKilled() {
        book.send(0);
        book.arrive(0);
        book.send(1);

        var verdict = verdict(1, Event.read("1s:kill=1"));

        assertThat(verdict.told().silent()).isEqualTo(2);
        assertThat(verdict.told().orphaned()).isEqualTo(1);
        assertThat(verdict.admitted()).isEqualTo(1);
        assertThat(verdict.holds()).isTrue();
        // nobody may be left without an answer when no node was touched
        assertThat(verdict(1, Event.read("1s:redis-away=1s")).holds()).isFalse();
    }

    @Test
    void failsWhenRedisHasCountedLessThanThereWas() {
        admitted(0);
        admitted(1);

        assertThat(with(new Verdict.Redis(2, 3, 2), Verdict.Quota.NONE).holds()).isTrue();
        assertThat(with(new Verdict.Redis(2, 1, 2), Verdict.Quota.NONE).holds()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 9, 9, true",
        "100, 9, -1, true",
        "100, 10, 10, true",
        "100, 8, 9, false",
        "100, 11, 11, false",
        "100, 9, 8, false",
        "8, 9, 9, false"
    })
    void failsWhenTheLedgerOfAQuotaSaysWhatIsNotSo(long amount, long ledger, long redis, boolean holds) {
        // nine arrived; of one more nobody knows whether it was counted
        assertThat(with(Verdict.Redis.NOT_SEEN, new Verdict.Quota(amount, ledger, redis, 9, 1))
                        .holds())
                .isEqualTo(holds);
    }

    private Verdict with(Verdict.Redis redis, Verdict.Quota quota) {
        return Verdict.of(book, settings(5), List.of(), redis, quota);
    }

    private void admitted(int id) {
        book.send(id);
        book.arrive(id);
        book.answer(id, 200);
    }

    private void refused(int id) {
        book.send(id);
        book.answer(id, 429);
    }
}
