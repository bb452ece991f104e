package dev.gatehouse.deploy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Book book = new Book(5);

    private Verdict verdict(int limit) {
        return Verdict.of(book, limit, MINUTE, new Verdict.Redis(1, -1, 0));
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
        book.answer(0, 200, false);
        assertThat(verdict(5).lost()).isEqualTo(1);

        refused(1);
        book.arrive(1);
        assertThat(verdict(5).through()).isEqualTo(1);

        admitted(2);
        book.arrive(2);
        assertThat(verdict(5).twice()).isEqualTo(1);

        book.send(3);
        book.answer(3, 429, true);
        assertThat(verdict(5).flawed()).isEqualTo(1);
        assertThat(verdict(5).holds()).isFalse();
    }

    @Test
    void countsWhatANodeLeftOpenWhenItWasKilled() {
        book.send(0);
        book.arrive(0);
        book.send(1);

        var verdict = verdict(1);

        assertThat(verdict.silent()).isEqualTo(2);
        assertThat(verdict.orphaned()).isEqualTo(1);
        assertThat(verdict.admitted()).isEqualTo(1);
        assertThat(verdict.holds()).isTrue();
    }

    @Test
    void failsWhenRedisHasCountedLessThanThereWas() {
        admitted(0);
        admitted(1);

        assertThat(Verdict.of(book, 5, MINUTE, new Verdict.Redis(2, 3, 2)).holds())
                .isTrue();
        assertThat(Verdict.of(book, 5, MINUTE, new Verdict.Redis(2, 1, 2)).holds())
                .isFalse();
    }

    private void admitted(int id) {
        book.send(id);
        book.arrive(id);
        book.answer(id, 200, false);
    }

    private void refused(int id) {
        book.send(id);
        book.answer(id, 429, false);
    }
}
