package dev.gatehouse.node.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        callers.close();
    }

    @Test
    void asksAtOnceWhenNothingIsUnderWay() {
        var rounds = new Rounds<Integer, Integer>(asked -> asked.forEach(one -> one.answer(one.question() * 2)));

        assertThat(rounds.ask(21)).isEqualTo(42);
    }

    /** Every round waits at the gate, and then answers with what was asked. */
    private static Rounds<Integer, Integer> held(CountDownLatch gate, IntConsumer begins) {
        return new Rounds<>(round -> {
            begins.accept(round.size());
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            round.forEach(one -> one.answer(one.question()));
        });
    }

    @Test
    void asksTogetherWhatCameWhileARoundWasUnderWay() throws Exception {
        var sizes = new CopyOnWriteArrayList<Integer>();
        var gate = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var rounds = held(gate, sizes::add);
        var answers = new ArrayList<Future<Integer>>();
        // two rounds may be under way; the third has to take everybody else
        for (int i = 0; i < 2; i++) {
            answers.add(ask(rounds, i, asked));
            int round = i + 1;
            await().until(() -> sizes.size() == round);
        }
        for (int i = 2; i < 50; i++) {
            answers.add(ask(rounds, i, asked));
        }
        await().until(() -> asked.get() == 50 && rounds.waiting() == 48);
        gate.countDown();

        for (int i = 0; i < 50; i++) {
            assertThat(answers.get(i).get()).isEqualTo(i);
        }
        assertThat(sizes).startsWith(1, 1).hasSizeLessThanOrEqualTo(4);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    }

    @Test
    void letsNobodyWaitButWhoeverAsksOnceItIsAbandoned() throws Exception {
        var gate = new CountDownLatch(1);
        var begun = new AtomicInteger();
        var asked = new AtomicInteger();
        var rounds = held(gate, _ -> begun.incrementAndGet());
        var answers = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 9; i++) {
            answers.add(ask(rounds, i, asked));
            int inRounds = Math.min(2, i + 1);
            await().until(() -> begun.get() == inRounds);
        }
        await().until(() -> rounds.waiting() == 7);

        rounds.abandon(() -> new IllegalStateException("silent"));

        for (var waiting : answers.subList(2, 9)) {
            assertThat(waiting).failsWithin(Duration.ofSeconds(10));
        }
        assertThat(answers.getFirst()).isNotDone();
        gate.countDown();
        assertThat(answers.get(1).get()).isEqualTo(1);
        assertThat(rounds.ask(9)).isEqualTo(9);
    }

    @Test
    void answersEverybodyOnceUnderLoad() throws Exception {
        var counted = new AtomicInteger();
        var rounds = new Rounds<Integer, Integer>(round -> {
            counted.addAndGet(round.size());
            round.forEach(one -> one.answer(one.question()));
        });
        var answers = IntStream.range(0, 20_000)
                .mapToObj(i -> callers.submit(() -> rounds.ask(i)))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo(i);
        }
        assertThat(counted).hasValue(20_000);
    }

    @Test
    void tellsEveryAskerOfARoundThatFails() {
        var rounds = new Rounds<Integer, Integer>(_ -> {
            throw new IllegalStateException("away");
        });

        assertThatThrownBy(() -> rounds.ask(1)).hasMessage("away");
        assertThatThrownBy(() -> rounds.ask(2)).hasMessage("away");
    }

    @Test
    void failsWhomTheRoundLeftOut() {
        var rounds = new Rounds<Integer, Integer>(_ -> {});

        assertThat(callers.submit(() -> rounds.ask(1))).failsWithin(Duration.ofSeconds(10));
    }

    private Future<Integer> ask(Rounds<Integer, Integer> rounds, int question, AtomicInteger asked) {
        return callers.submit(() -> {
            asked.incrementAndGet();
            return rounds.ask(question);
        });
    }
}
