package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConcurrentPublishTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final int EACH = 50;

    @Test
    void numbersTheRevisionsOfTwoAuthorsWithoutAGap() throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var ann = threads.submit(author("ann", start));
            var ben = threads.submit(author("ben", start));
            start.countDown();
            assertThat(ann.get()).isSorted().hasSize(EACH);
            assertThat(ben.get()).isSorted().hasSize(EACH).doesNotContainAnyElementsOf(ann.get());
        }
        var all = LongStream.rangeClosed(1, 2 * EACH).mapToObj(Long::toString).toList();
        assertThat(DB.query("select revision from revision order by revision")).isEqualTo(all);
        assertThat(DB.query("select revision from change order by revision")).isEqualTo(all);
        assertThat(DB.query("select detail ->> 'revision' from audit order by id"))
                .isEqualTo(all);
        assertThat(DB.reader().load().version().revision()).isEqualTo(2 * EACH);
        assertThat(DB.reader().load().snapshot().services()).hasSize(2 * EACH);
    }

    private static Callable<List<Long>> author(String name, CountDownLatch start) {
        return () -> {
            start.await();
            return LongStream.range(0, EACH)
                    .map(i -> FreshDatabase.published(DB.store()
                            .publish(
                                    List.of(new Edit.Put(name + "-" + i, service((int) i + 1), 0)),
                                    new Author(name, ""))))
                    .boxed()
                    .toList();
        };
    }

    @Test
    void letsOnlyOneOfTwoAuthorsChangeTheSameState() throws Exception {
        DB.publish("users", service(1));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var attempts = LongStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> DB.store()
                            .publish(
                                    List.of(new Edit.Put("users", service((int) i + 2), 1)),
                                    new Author("author-" + i, ""))))
                    .toList();
            var outcomes = attempts.stream().map(ConcurrentPublishTest::outcome).toList();
            assertThat(outcomes)
                    .filteredOn(Publication.Published.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(Publication.Conflict.class::isInstance)
                    .hasSize(7);
        }
        assertThat(DB.reader().version().revision()).isEqualTo(2);
    }

    private static Publication outcome(Future<Publication> attempt) {
        try {
            return attempt.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neverShowsAReaderHalfOfARevision() throws Exception {
        publishPair(1);
        var done = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(3)) {
            var readers = List.of(threads.submit(() -> readUntil(done)), threads.submit(() -> readUntil(done)));
            for (int port = 2; port <= EACH; port++) {
                publishPair(port);
            }
            done.set(true);
            for (var reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    /** Revision n gives both services the port n. */
    private static void publishPair(int port) {
        var edits = List.<Edit>of(
                new Edit.Put("one", service(port), Edit.ANY), new Edit.Put("two", service(port), Edit.ANY));
        assertThat(FreshDatabase.published(DB.store().publish(edits, new Author("ann", ""))))
                .isEqualTo(port);
    }

    private static int readUntil(AtomicBoolean done) {
        int reads = 0;
        do {
            var loaded = DB.reader().load();
            int revision = (int) loaded.version().revision();
            assertThat(loaded.snapshot().services())
                    .as("revision " + revision)
                    .containsEntry("one", service(revision))
                    .containsEntry("two", service(revision));
            reads++;
        } while (!done.get());
        return reads;
    }
}
