package dev.gatehouse.node.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Questions that are asked one round at a time: who comes while a round is under way waits and is asked with all
 * others in the next. Nobody waits when nothing is under way, and no thread is kept for it: whoever is first asks for all.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
final class Rounds<Q, A> {

    /** While one round is on its way, another may be made up and sent. */
    private static final int AT_ONCE = 2;

    private final Consumer<List<Waiting<Q, A>>> round;
    private final Queue<Waiting<Q, A>> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Set<List<Waiting<Q, A>>> underWay = ConcurrentHashMap.newKeySet();

    /** @param round answers or fails each; what it leaves out fails with the exception it throws */
    Rounds(Consumer<List<Waiting<Q, A>>> round) {
        this.round = round;
    }

    /** Somebody's question, and where its answer goes. */
    static final class Waiting<Q, A> {

        private final Q question;
        private final Thread asker = Thread.currentThread();
        private volatile boolean taken;
        private volatile @Nullable A answer;
        private volatile @Nullable RuntimeException failure;

        private Waiting(Q question) {
            this.question = question;
        }

        Q question() {
            return question;
        }

        void answer(A said) {
            answer = said;
            LockSupport.unpark(asker);
        }

        void fail(RuntimeException cause) {
            failure = cause;
            LockSupport.unpark(asker);
        }

        private boolean done() {
            return answer != null || failure != null;
        }
    }

    /** Waits for the answer; throws what the round failed with. */
    A ask(Q question) {
        var mine = new Waiting<Q, A>(question);
        queue.add(mine);
        boolean interrupted = false;
        while (!mine.done()) {
            if (!mine.taken && turns.tryAcquire()) {
                takeTurn();
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        var failure = mine.failure;
        var answer = mine.answer;
        if (answer != null) {
            return answer;
        }
        throw Objects.requireNonNull(failure);
    }

    /** Nobody waits any more, but whoever asks for a round that is under way. */
    void abandon(Supplier<RuntimeException> cause) {
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            next.fail(cause.get());
        }
        underWay.forEach(taken -> failOthers(taken, cause));
    }

    /** Who waits for the next round. */
    int waiting() {
        return queue.size();
    }

    private static <Q, A> void failOthers(List<Waiting<Q, A>> taken, Supplier<RuntimeException> cause) {
        for (var one : taken) {
            if (!one.done()) {
                one.fail(cause.get());
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private void takeTurn() {
        var taken = new ArrayList<Waiting<Q, A>>();
        try {
            // whoever is about to ask comes along: the busier, the more share a round
            Thread.yield();
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                next.taken = true;
                taken.add(next);
            }
            if (!taken.isEmpty()) {
                underWay.add(taken);
                round.accept(taken);
            }
        } catch (RuntimeException e) {
            failOthers(taken, () -> e);
        } finally {
            failOthers(taken, () -> new IllegalStateException("a round ended without an answer"));
            underWay.remove(taken);
            turns.release();
            var next = queue.peek();
            if (next != null) {
                LockSupport.unpark(next.asker);
            }
        }
    }
}
