package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.LastAnswer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the last answers of all routes may take together, whatever each of them may. The route that has most
 * gives up its oldest first. What a route had that is gone is free.
 */
public final class AnswerRoom {

    /** Of the heap. */
    private static final int PART = 8;

    private final long most;
    private final AtomicLong used = new AtomicLong();
    private final List<Part> parts = new ArrayList<>();
    private final Map<Key, WeakReference<LastAnswers>> named = new HashMap<>();

    private record Key(String route, LastAnswer settings) {}

    /** An eighth of the heap. */
    public AnswerRoom() {
        this(Runtime.getRuntime().maxMemory() / PART);
    }

    AnswerRoom(long most) {
        this.most = most;
    }

    /** What one route has of it. */
    static final class Part {

        private final AtomicLong bytes = new AtomicLong();
        private final WeakReference<LastAnswers> answers;

        private Part(LastAnswers answers) {
            this.answers = new WeakReference<>(answers);
        }
    }

    /**
     * Those of that route: for equal settings the same, for as long as somebody uses them. So what was answered last
     * outlives a configuration.
     */
    public synchronized LastAnswers of(String route, LastAnswer settings) {
        named.values().removeIf(answers -> answers.refersTo(null));
        var key = new Key(route, settings);
        var known = named.get(key);
        var answers = known == null ? null : known.get();
        if (answers == null) {
            answers = new LastAnswers(settings, this, System::nanoTime);
            named.put(key, new WeakReference<>(answers));
        }
        return answers;
    }

    synchronized Part part(LastAnswers answers) {
        var part = new Part(answers);
        parts.add(part);
        return part;
    }

    /** A route has so much more or less. It must not hold a lock that another one may wait for. */
    void changed(Part part, long bytes) {
        part.bytes.addAndGet(bytes);
        if (used.addAndGet(bytes) > most && bytes > 0) {
            makeRoom();
        }
    }

    private synchronized void makeRoom() {
        parts.removeIf(part -> {
            boolean gone = part.answers.refersTo(null);
            used.addAndGet(gone ? -part.bytes.get() : 0);
            return gone;
        });
        while (used.get() > most) {
            var largest = parts.stream()
                    .max(Comparator.comparingLong(part -> part.bytes.get()))
                    .orElseThrow();
            var answers = largest.answers.get();
            long freed = answers == null ? 0 : answers.forgetOldest();
            if (freed == 0) {
                return;
            }
            largest.bytes.addAndGet(-freed);
            used.addAndGet(-freed);
        }
    }

    long used() {
        return used.get();
    }
}
