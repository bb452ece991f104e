package dev.gatehouse.node.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountFileTest {

    private static final Period DAY =
            new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));
    private static final Account ANN = new Account("daily", "consumer:ann", DAY);
    private static final Account BOB = new Account("daily", "consumer:bob", DAY);

    private final UUID boot = UUID.randomUUID();

    @TempDir
    private Path folder;

    @TempDir
    private Path later;

    private static CountFile.Slot slot(CountFile file, Account account) {
        return Objects.requireNonNull(file.allocate(account));
    }

    /** As another process finds the file after this one was killed at this moment. */
    private CountFile foundLater() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.copy(file, later.resolve(file.getFileName()));
            }
        }
        var left = CountFile.left(later);
        assertThat(left).hasSize(1);
        return left.getFirst();
    }

    private static Map<Account, Long> all(CountFile file) {
        var sum = new HashMap<Account, Long>();
        for (var batch = file.batch(); !batch.isEmpty(); batch = file.batch()) {
            batch.forEach(delta -> sum.merge(delta.account(), delta.cost(), Long::sum));
            file.taken();
        }
        return sum;
    }

    @Test
    void aBatchIsTheSameUntilItIsTaken() {
        try (var file = CountFile.create(folder, boot, 8)) {
            var ann = slot(file, ANN);
            ann.add(3);
            assertThat(file.batch()).containsExactly(new CountFile.Delta(ANN, 3));
            ann.add(4);
            slot(file, BOB).add(1);
            assertThat(file.batch()).containsExactly(new CountFile.Delta(ANN, 3));
            assertThat(file.sequence()).isEqualTo(1);
            file.taken();
            assertThat(file.batch()).containsExactly(new CountFile.Delta(ANN, 4), new CountFile.Delta(BOB, 1));
            assertThat(file.sequence()).isEqualTo(2);
            file.taken();
            assertThat(file.batch()).isEmpty();
            ann.add(-2);
            assertThat(file.batch()).containsExactly(new CountFile.Delta(ANN, -2));
        }
    }

    @Test
    void whatIsTakenBackAtThatMomentHoldsUpNoBatch() throws InterruptedException {
        try (var file = CountFile.create(folder, boot, 100)) {
            for (int i = 1; i < 100; i++) {
                slot(file, BOB);
            }
            var ann = slot(file, ANN);
            var over = new AtomicBoolean();
            var refused = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    ann.add(1);
                    ann.add(-1);
                }
            });
            long sum = 0;
            for (int i = 0; i < 10_000; i++) {
                sum += all(file).getOrDefault(ANN, 0L);
            }
            over.set(true);
            refused.join();
            ann.add(5);
            assertThat(sum + all(file).getOrDefault(ANN, 0L)).isEqualTo(5);
        }
    }

    @Test
    void whoIsKilledWhileCountingLosesNothing() throws IOException {
        try (var file = CountFile.create(folder, boot, 8)) {
            slot(file, ANN).add(3);
            slot(file, BOB).add(5);

            try (var found = foundLater()) {
                assertThat(found.id()).isEqualTo(file.id());
                assertThat(found.boot()).isEqualTo(boot);
                assertThat(all(found)).containsOnly(Map.entry(ANN, 3L), Map.entry(BOB, 5L));
            }
        }
    }

    @Test
    void whoIsKilledBetweenSendingABatchAndHearingOfItSendsTheSameOnceMore() throws IOException {
        try (var file = CountFile.create(folder, boot, 8)) {
            var ann = slot(file, ANN);
            ann.add(3);
            file.batch();
            file.taken();
            ann.add(4);
            file.batch();
            ann.add(5);

            try (var found = foundLater()) {
                assertThat(found.batch()).containsExactly(new CountFile.Delta(ANN, 4));
                assertThat(found.sequence()).isEqualTo(2);
                found.taken();
                assertThat(all(found)).containsOnly(Map.entry(ANN, 5L));
            }
        }
    }

    @Test
    void aFileThatIsCountedInBelongsToItsProcess() {
        try (var _ = CountFile.create(folder, boot, 8)) {
            assertThat(CountFile.left(folder)).isEmpty();
        }
        var left = CountFile.left(folder);
        assertThat(left).hasSize(1);
        left.getFirst().delete();
        assertThat(CountFile.left(folder)).isEmpty();
    }

    @Test
    void aFullFileTakesNoMoreAndARetiredOneCountsNoMore() {
        var file = CountFile.create(folder, boot, 1);
        var ann = slot(file, ANN);
        assertThat(file.allocate(BOB)).isNull();
        assertThat(ann.add(2)).isTrue();
        file.retire();
        assertThat(ann.add(2)).isFalse();
        assertThat(all(file)).containsOnly(Map.entry(ANN, 2L));
        file.delete();
        assertThat(ann.add(2)).isFalse();
    }

    @Test
    void countsWithoutAFileWhereThereCanBeNone() throws IOException {
        var taken = Files.writeString(folder.resolve("no-folder"), "");
        try (var file = CountFile.create(taken, boot, 8)) {
            slot(file, ANN).add(7);
            assertThat(all(file)).containsOnly(Map.entry(ANN, 7L));
        }
    }

    @Test
    void whatManyThreadsCountWhileBatchesLeaveAddsUp() throws Exception {
        try (var file = CountFile.create(folder, boot, 8);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ann = slot(file, ANN);
            var sum = new HashMap<Account, Long>();
            var counting = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                counting.add(threads.submit(() -> {
                    for (int n = 0; n < 20_000; n++) {
                        ann.add(1);
                    }
                }));
            }
            while (!counting.stream().allMatch(Future::isDone)) {
                all(file).forEach((account, cost) -> sum.merge(account, cost, Long::sum));
            }
            all(file).forEach((account, cost) -> sum.merge(account, cost, Long::sum));

            assertThat(sum).containsOnly(Map.entry(ANN, 80_000L));
            assertThat(List.copyOf(counting)).hasSize(4);
        }
    }
}
