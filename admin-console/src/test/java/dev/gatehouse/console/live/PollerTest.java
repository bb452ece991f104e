package dev.gatehouse.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.console.HandClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PollerTest {

    @Test
    void givesEachQuestionThePreviousAnswer() {
        try (var poller = new Poller<Integer>("test", Clock.systemUTC(), previous -> previous.orElse(0) + 1)) {
            await().until(() -> poller.current().value().orElse(0) >= 2);

            assertThat(poller.current().stale()).isFalse();
        }
    }

    @Test
    void asksAtOnceWhenItIsToldAndGoesOnEachSecond() {
        try (var poller = new Poller<Integer>("test", Clock.systemUTC(), previous -> previous.orElse(0) + 1)) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                poller.soon();
                return poller.current().value().orElse(0) >= 100;
            });
            int asked = poller.current().value().orElse(0);
            await().until(() -> poller.current().value().orElse(0) > asked + 1);
        }
    }

    @Test
    void keepsTheLastAnswerWithItsAgeWhenTheNextQuestionFails() {
        var asked = new AtomicInteger();
        var clock = new HandClock(Instant.ofEpochSecond(1_800_000_000));
        try (var poller = new Poller<String>("test", clock, previous -> {
            if (asked.getAndIncrement() > 0) {
                clock.forward(Duration.ofSeconds(4));
                throw new IllegalStateException("gone");
            }
            return "answer";
        })) {
            await().until(() -> poller.current().trouble().equals("gone"));

            assertThat(poller.current().value()).contains("answer");
            assertThat(poller.current().stale()).isTrue();
        }
    }

    @Test
    void tellsTheAgeOfTheLastAnswerWhileTheNextOneIsAwaited() {
        var silent = new CountDownLatch(1);
        var clock = new HandClock(Instant.ofEpochSecond(1_800_000_000));
        try (var poller = new Poller<String>("test", clock, previous -> {
            if (previous.equals(Optional.of("answer"))) {
                awaitEnd(silent);
            }
            return previous.isEmpty() ? "answer" : "another";
        })) {
            await().until(() -> poller.current().value().isPresent());
            clock.forward(Duration.ofSeconds(4));

            await().until(() -> poller.current().stale());
            assertThat(poller.current().value()).contains("answer");
            assertThat(poller.current().trouble()).isEqualTo("it is silent");
            silent.countDown();
            await().until(() -> !poller.current().stale());
            assertThat(poller.current().trouble()).isEmpty();
        }
    }

    private static void awaitEnd(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void saysThatItIsWaitingUntilItHasHeardAnything() {
        var release = new CountDownLatch(1);
        try (var poller = new Poller<String>("test", Clock.systemUTC(), previous -> {
            awaitEnd(release);
            return "answer";
        })) {
            assertThat(poller.current().waiting()).isTrue();
            release.countDown();

            await().until(() -> !poller.current().waiting());
        }
    }

    @Test
    void asksOnAfterAFirstQuestionThatFailsAtOnce() {
        var pollers = Stream.generate(() -> new Poller<String>("test", Clock.systemUTC(), _ -> {
                    throw new IllegalStateException("gone");
                }))
                .limit(200)
                .toList();

        await().until(() ->
                pollers.stream().allMatch(poller -> poller.current().trouble().equals("gone")));
        pollers.forEach(Poller::close);
    }
}
