package dev.gatehouse.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Batch;
import dev.gatehouse.db.quota.Figure;
import dev.gatehouse.db.quota.Period;
import dev.gatehouse.db.quota.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuotaLedgerTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Duration DAY = Duration.ofDays(1);
    private static final QuotaLedger.CarryOver NOTHING = new QuotaLedger.CarryOver(0, Instant.EPOCH);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final QuotaLedger ledger = new QuotaLedger(DB.database());
    private final UUID boot = UUID.randomUUID();

    private Account account(String subject) {
        return account(subject, now.minus(Duration.ofHours(1)));
    }

    private static Account account(String subject, Instant start) {
        return new Account("monthly", subject, new Period(start, start.plus(DAY)));
    }

    private static Batch.Entry entry(Account account, long cost, Integer... percents) {
        return new Batch.Entry(account, cost, 100, 100, List.of(percents));
    }

    private Batch batch(long sequence, Batch.Entry... entries) {
        return new Batch("node-1", boot, sequence, List.of(entries));
    }

    private long used(Account account) {
        return ledger.open(account, 100, NOTHING).figure().used();
    }

    @Test
    void takesABatchOnceHoweverOftenItIsSent() {
        var ann = account("consumer:ann");
        var bob = account("consumer:bob");

        assertThat(ledger.add(batch(1, entry(bob, 2), entry(ann, 3))).used())
                .containsOnly(Map.entry(ann, new Figure(3, 0)), Map.entry(bob, new Figure(2, 0)));
        assertThat(ledger.add(batch(1, entry(bob, 2), entry(ann, 3))).used()).isEmpty();
        assertThat(ledger.add(batch(2, entry(ann, 4))).used()).containsOnly(Map.entry(ann, new Figure(7, 1)));
        assertThat(ledger.add(batch(1, entry(ann, 3))).used()).isEmpty();

        assertThat(used(ann)).isEqualTo(7);
        assertThat(used(bob)).isEqualTo(2);
        assertThat(DB.query("select sequence from quota_batch")).containsExactly("2");
    }

    @Test
    void anotherBootBeginsItsOwnSequence() {
        var ann = account("consumer:ann");
        ledger.add(batch(1, entry(ann, 3)));
        ledger.add(new Batch("node-1", UUID.randomUUID(), 1, List.of(entry(ann, 3))));
        ledger.add(new Batch("node-2", UUID.randomUUID(), 1, List.of(entry(ann, 3))));

        assertThat(used(ann)).isEqualTo(9);
        assertThat(ledger.writers()).extracting(QuotaLedger.Writer::node).containsExactly("node-1", "node-1", "node-2");
    }

    /** As a container does that is started again: on the same volume, but it is called otherwise. */
    @Test
    void takesABatchOnceThoughAnotherNodeSendsItAgain() {
        var ann = account("consumer:ann");
        ledger.add(batch(1, entry(ann, 3)));
        assertThat(ledger.add(new Batch("node-2", boot, 1, List.of(entry(ann, 3))))
                        .used())
                .isEmpty();
        ledger.add(new Batch("node-2", boot, 2, List.of(entry(ann, 4))));

        assertThat(used(ann)).isEqualTo(7);
        assertThat(ledger.writers()).extracting(QuotaLedger.Writer::node).containsExactly("node-2");
    }

    @Test
    void losesNothingAndWaitsForNobodyWhenManyNodesWriteTheSameRows() throws Exception {
        var subjects = List.of("a", "b", "c", "d", "e");
        var writers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 4; node++) {
                var name = "node-" + node;
                var own = UUID.randomUUID();
                boolean backwards = node % 2 == 0;
                writers.add(threads.submit(() -> {
                    for (int sequence = 1; sequence <= 20; sequence++) {
                        var entries = subjects.stream()
                                .map(subject -> entry(account(subject), 1))
                                .toList();
                        var batch = new Batch(name, own, sequence, backwards ? entries.reversed() : entries);
                        ledger.add(batch);
                        ledger.add(batch);
                    }
                }));
            }
        }
        for (var writer : writers) {
            writer.get();
        }

        assertThat(subjects)
                .allSatisfy(subject -> assertThat(used(account(subject))).isEqualTo(80));
    }

    @Test
    void tellsWhetherAnAccountWasOpenedBefore() {
        var ann = account("consumer:ann");

        assertThat(ledger.open(ann, 100, NOTHING).fresh()).isTrue();
        assertThat(ledger.open(ann, 100, NOTHING).fresh()).isFalse();
    }

    @Test
    void goesOnFromWhatWasUsedWhenAnotherCalendarCounts() {
        ledger.add(batch(1, entry(account("consumer:ann"), 30)));
        ledger.add(batch(2, entry(account("consumer:bob"), 40)));
        var earlier = now.minus(Duration.ofHours(3));

        var moved = ledger.open(account("consumer:ann", earlier), 100, NOTHING);
        assertThat(moved.figure().used()).isEqualTo(30);
        assertThat(moved.fresh()).isFalse();
        assertThat(used(account("consumer:ann", earlier))).isEqualTo(30);
        ledger.add(batch(3, entry(account("consumer:bob", earlier), 2)));
        assertThat(used(account("consumer:bob", earlier))).isEqualTo(42);
        // a period that is over, or has not begun, takes nothing over
        assertThat(used(account("consumer:ann", now.minus(DAY.multipliedBy(2)))))
                .isZero();
        assertThat(used(account("consumer:ann", now.plus(DAY)))).isZero();
    }

    @Test
    void notesEachThresholdOnceAPeriod() {
        var ann = account("consumer:ann");
        ledger.add(batch(1, entry(ann, 79, 80, 100)));
        assertThat(alerts()).isEmpty();
        ledger.add(batch(2, entry(ann, 1, 80, 100)));
        assertThat(alerts()).containsExactly("80 at 80 of 100");
        ledger.add(batch(3, entry(ann, 25, 80, 100)));
        ledger.add(batch(4, entry(ann, 1, 80, 100)));
        assertThat(alerts()).containsExactly("80 at 80 of 100", "100 at 105 of 100");
    }

    private static List<String> alerts() {
        return DB.query("select percent || ' at ' || used || ' of ' || allowed from quota_alert order by percent");
    }

    @Test
    void carriesOverWhatWasLeftButNeverMoreThanIsAllowed() {
        var start = now.minus(Duration.ofHours(1));
        var before = account("consumer:ann", start.minus(DAY));
        ledger.add(batch(1, entry(before, 70)));

        assertThat(carried(account("consumer:ann", start), 1_000)).isEqualTo(30);
        assertThat(carried(account("consumer:ann", start), 5))
                .as("settled once")
                .isEqualTo(30);
        ledger.add(batch(2, entry(account("consumer:bob", start.minus(DAY)), 70)));
        assertThat(carried(account("consumer:bob", start), 5)).isEqualTo(5);
        ledger.add(batch(3, entry(account("consumer:cid", start.minus(DAY)), 170)));
        assertThat(carried(account("consumer:cid", start), 1_000)).isZero();
    }

    @Test
    void whoPausedHasAWholePeriodLeftAndWhoIsNewHasNone() {
        var start = now.minus(Duration.ofHours(1));
        ledger.add(batch(1, entry(account("consumer:ann", start.minus(DAY.multipliedBy(3))), 100)));

        assertThat(carried(account("consumer:ann", start), 1_000)).isEqualTo(100);
        assertThat(carried(account("consumer:new", start), 1_000)).isZero();
    }

    @Test
    void carriesOverWhatWasLeftOfThePeriodsOfAnotherCalendar() {
        var start = now.minus(Duration.ofHours(1));
        var shifted = start.minus(Duration.ofHours(12));
        ledger.add(batch(
                1,
                entry(account("consumer:ann", shifted.minus(DAY.multipliedBy(2))), 90),
                entry(account("consumer:ann", shifted.minus(DAY)), 70),
                entry(account("consumer:bob", shifted.minus(DAY)), 100)));

        assertThat(carried(account("consumer:ann", start), 1_000)).isEqualTo(30);
        assertThat(carried(account("consumer:bob", start), 1_000)).isZero();
    }

    @Test
    void whatComesLateIsTakenFromWhatWasCarriedOver() {
        var start = now.minus(Duration.ofHours(1));
        var ann = account("consumer:ann", start);
        var before = account("consumer:ann", start.minus(DAY));
        var longBefore = account("consumer:ann", start.minus(DAY.multipliedBy(2)));
        ledger.add(batch(1, entry(longBefore, 90)));
        assertThat(carried(before, 1_000)).isEqualTo(10);
        ledger.add(batch(2, entry(before, 70)));
        assertThat(carried(ann, 1_000)).isEqualTo(40);

        ledger.add(batch(3, entry(before, 20)));
        assertThat(carried(ann, 1_000)).isEqualTo(20);
        ledger.add(batch(4, entry(longBefore, 4)));
        assertThat(carried(before, 1_000)).isEqualTo(6);
        assertThat(carried(ann, 1_000)).isEqualTo(16);
        // whoever counts there is told
        assertThat(ledger.add(batch(5, entry(ann, 1))).carried()).containsOnly(Map.entry(ann, 16L));
        ledger.add(batch(6, entry(before, 500)));
        assertThat(carried(ann, 1_000)).isZero();
    }

    @Test
    void whoSettlesWaitsForWhatIsWrittenLate() throws Exception {
        var start = now.minus(Duration.ofHours(1));
        var before = account("consumer:ann", start.minus(DAY));
        ledger.add(batch(1, entry(before, 0)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = threads.submit(() -> {
                for (int sequence = 2; sequence < 102; sequence++) {
                    ledger.add(batch(sequence, entry(before, 1)));
                }
            });
            var settling = threads.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    carried(account("consumer:ann", start), 1_000);
                }
            });
            writing.get();
            settling.get();
        }
        assertThat(carried(account("consumer:ann", start), 1_000)).isZero();
    }

    @Test
    void carriesNothingOverWhileThePeriodBeforeMayStillBeWritten() {
        var soon = now.plus(Duration.ofHours(1));
        ledger.add(batch(1, entry(account("consumer:ann", soon.minus(DAY)), 70)));

        assertThat(carried(account("consumer:ann", soon), 1_000)).isZero();
    }

    private long carried(Account account, long most) {
        var previous = account.period().start().minus(DAY);
        return ledger.open(account, 100, new QuotaLedger.CarryOver(most, previous))
                .carried();
    }

    @Test
    void tellsWhenItWillBeUsedUpAtTheRecentRate() {
        var ann = account("consumer:ann");
        ledger.add(batch(1, entry(ann, 10)));
        DB.execute("update quota_usage set earlier_at = now() - interval '100 seconds', earlier_used = 0");
        var usage = ledger.current(9).getFirst();

        assertThat(usage.exhaustion(100, usage.earlierAt().plusSeconds(100)))
                .contains(usage.earlierAt().plusSeconds(1_000));
        assertThat(usage.exhaustion(10, now)).contains(now);
        assertThat(usage.exhaustion(1_000_000, usage.earlierAt().plusSeconds(100)))
                .isEmpty();
    }

    @Test
    void thePastStatesMoveUpAsThePeriodGoesOn() {
        var ann = account("consumer:ann");
        ledger.add(batch(1, entry(ann, 10)));
        DB.execute("update quota_usage set marked_at = now() - interval '30 minutes', marked_used = 4");
        ledger.add(batch(2, entry(ann, 10)));

        assertThat(DB.query("select earlier_used || ' ' || marked_used from quota_usage"))
                .containsExactly("4 20");
        ledger.add(batch(3, entry(ann, 10)));
        assertThat(DB.query("select earlier_used || ' ' || marked_used from quota_usage"))
                .containsExactly("4 20");
    }

    @Test
    void showsWhatRunsAndKeepsWhatIsOverForAWhile() {
        ledger.add(batch(
                1,
                entry(account("consumer:ann"), 1),
                entry(account("consumer:ann", now.minus(Duration.ofDays(9))), 2),
                entry(account("consumer:ann", now.minus(Duration.ofDays(500))), 3)));

        assertThat(ledger.current(9)).extracting(Usage::used).containsExactly(1L);
        assertThat(ledger.of("monthly", "consumer:ann", 9))
                .extracting(Usage::used)
                .containsExactly(1L, 2L, 3L);
        ledger.prune();
        assertThat(ledger.of("monthly", "consumer:ann", 9))
                .extracting(Usage::used)
                .containsExactly(1L, 2L);
    }
}
