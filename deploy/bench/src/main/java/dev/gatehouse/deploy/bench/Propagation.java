package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Prints how long it takes from the moment somebody publishes what is done to a key until both nodes answer by it, at
 * their default interval: 50 keys issued, given other routes, rotated and revoked, then ten thousand in one revision.
 */
final class Propagation {

    private static final int LIVES = 50;
    private static final int AT_ONCE = 4;
    private static final int MANY = 10_000;
    private static final Duration WANTED = Duration.ofSeconds(2);

    private final TwoNodes nodes;
    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();

    private record Taken(Deed deed, long millis) {}

    /** What is done to a key. */
    private enum Deed {
        ISSUED,
        OTHER_ROUTES,
        ROTATED,
        REVOKED
    }

    Propagation(TwoNodes nodes) {
        this.nodes = nodes;
    }

    /** @return whether all were in time */
    boolean run() throws Exception {
        // the first publication loads what publishes
        live("warming");
        taken.clear();
        var lives = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(threads.submit(() -> {
                    for (int life = lives.incrementAndGet(); life <= LIVES; life = lives.incrementAndGet()) {
                        live("life-" + life);
                    }
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
        for (var deed : Deed.values()) {
            print(
                    deed.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    taken.stream().filter(one -> one.deed == deed));
        }
        long slow = print("all", taken.stream());
        boolean inTime = slow <= WANTED.toMillis();
        inTime &= many();
        return inTime;
    }

    private void live(String name) {
        var key = KeyText.create("live");
        timed(
                Deed.ISSUED,
                List.of(KeyStore.edit(key, nodes.pepper(), "shop", name, Optional.empty())),
                () -> nodes.awaitEverywhere("/a", key.text(), 204));
        var elsewhere = new KeyTerms("live", List.of("b"), List.of(), List.of());
        timed(
                Deed.OTHER_ROUTES,
                List.of(new Edit.ChangeKey(key.id(), elsewhere, Optional.empty(), Optional.empty(), Edit.ANY)),
                () -> nodes.awaitEverywhere("/a", key.text(), 403));
        var next = KeyText.create("live");
        var old = nodes.keys().find(key.id()).orElseThrow();
        timed(Deed.ROTATED, KeyStore.rotation(old, next, nodes.pepper(), Instant.now(), Optional.empty()), () -> {
            nodes.awaitEverywhere("/b", next.text(), 204);
            nodes.awaitEverywhere("/b", key.text(), 401);
        });
        timed(
                Deed.REVOKED,
                List.of(new Edit.RevokeKey(next.id())),
                () -> nodes.awaitEverywhere("/b", next.text(), 401));
    }

    private void timed(Deed deed, List<Edit> edits, Runnable everywhere) {
        long start = System.nanoTime();
        nodes.publish(edits);
        everywhere.run();
        taken.add(new Taken(deed, (System.nanoTime() - start) / 1_000_000));
    }

    /** @return the 99th percentile, in milliseconds */
    private static long print(String what, Stream<Taken> times) {
        var sorted = times.map(Taken::millis).sorted().toList();
        long slow = at(sorted, 0.99);
        System.out.printf(
                "%-12s %4d changes: p50 %4d ms, p99 %4d ms, longest %4d ms%n",
                what, sorted.size(), at(sorted, 0.5), slow, sorted.getLast());
        return slow;
    }

    private static long at(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * sorted.size()) - 1);
    }

    /** From the moment they are published: what that itself takes is told apart. */
    private boolean many() {
        var texts = new ArrayList<KeyText>();
        var issued = new ArrayList<Edit>();
        var revoked = new ArrayList<Edit>();
        for (int i = 0; i < MANY; i++) {
            var key = KeyText.create("live");
            texts.add(key);
            issued.add(KeyStore.edit(key, nodes.pepper(), "shop", "many-" + i, Optional.empty()));
            revoked.add(new Edit.RevokeKey(key.id()));
        }
        boolean inTime = many("issued", issued, texts, 204);
        inTime &= many("revoked", revoked, texts, 401);
        return inTime;
    }

    private boolean many(String deed, List<Edit> edits, List<KeyText> texts, int status) {
        long start = System.nanoTime();
        nodes.publish(edits);
        long published = System.nanoTime();
        for (int i = 0; i < texts.size(); i += texts.size() / 10) {
            nodes.awaitEverywhere("/a", texts.get(i).text(), status);
        }
        nodes.awaitEverywhere("/a", texts.getLast().text(), status);
        long everywhere = (System.nanoTime() - published) / 1_000_000;
        System.out.printf(
                "%,d keys %s in one revision: published in %d ms, everywhere %d ms later%n",
                texts.size(), deed, (published - start) / 1_000_000, everywhere);
        return everywhere <= WANTED.toMillis();
    }
}
