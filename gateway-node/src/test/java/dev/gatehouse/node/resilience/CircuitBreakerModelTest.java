package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.resilience.Breaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sequences of calls, outcomes and time, held against the rules as they are written for people. */
class CircuitBreakerModelTest {

    private static final long MILLI = 1_000_000;

    private static final Breaker SETTINGS = Resilient.breaker("""
            { active: true, failure-rate: 50, slow-call: 200ms, slow-rate: 80, window: 2s, least-calls: 6,
              open: 1s, longest-open: 5s, probes: 2 }
            """);

    /** The rules, with every call kept. */
    private static final class Model {

        /** @param call false where it is one that was counted before */
        private record Ended(long at, boolean failed, boolean slow, boolean call) {}

        private String state = "closed";
        private long since;
        private int before;
        private int free;
        private int missing;
        private final List<Ended> ended = new ArrayList<>();

        boolean enter(long now) {
            if (state.equals("open") && now - since >= length(before)) {
                probe(now);
            }
            if (state.equals("half-open") && free == 0 && now - since >= length(before)) {
                probe(now);
            }
            return switch (state) {
                case "closed" -> true;
                case "open" -> false;
                default -> free-- > 0 || free++ > 0;
            };
        }

        private void probe(long now) {
            state = "half-open";
            since = now;
            free = 2;
            missing = 2;
        }

        boolean admits(long now) {
            return switch (state) {
                case "closed" -> true;
                case "open" -> now - since >= length(before);
                default -> free > 0 || now - since >= length(before);
            };
        }

        void ended(long begun, boolean failed, boolean slow, long now) {
            if (begun < since) {
                return;
            }
            switch (state) {
                case "closed" -> count(new Ended(now, failed, slow, true));
                case "half-open" -> {
                    if (failed || slow) {
                        open(now, before + 1);
                    } else if (--missing == 0) {
                        state = "closed";
                        since = now;
                        before++;
                        ended.clear();
                    }
                }
                default -> {}
            }
        }

        void brokeOff(long begun, long now) {
            if (begun < since) {
                return;
            }
            switch (state) {
                case "closed" -> count(new Ended(now, true, false, now - begun >= 1_800 * MILLI));
                case "half-open" -> open(now, before + 1);
                default -> {}
            }
        }

        private void count(Ended call) {
            ended.add(call);
            long step = 200 * MILLI;
            ended.removeIf(old -> call.at / step - old.at / step >= 10);
            long calls = ended.stream().filter(Ended::call).count();
            long failed = ended.stream().filter(Ended::failed).count();
            long slow = ended.stream().filter(Ended::slow).count();
            if (calls >= 6 && (failed * 2 >= calls || slow * 10 >= calls * 8)) {
                boolean soon = before > 0 && call.at - since < length(before - 1);
                open(call.at, soon ? before : 0);
            }
        }

        private void open(long now, int times) {
            state = "open";
            since = now;
            before = times;
        }

        void left(long begun) {
            if (begun >= since && state.equals("half-open")) {
                free++;
            }
        }

        private static long length(int before) {
            return Math.min(5_000, 1_000L << Math.min(before, 20)) * MILLI;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void doesWhatTheRulesSay(long seed) {
        var random = new Random(seed);
        var now = new long[] {seed * 7_919 * MILLI};
        var breaker = new CircuitBreaker(SETTINGS, () -> now[0]);
        var model = new Model();
        model.since = now[0];
        var running = new ArrayList<Long>();
        var streaming = new ArrayList<Long>();
        var met = new ArrayList<String>();
        double failing = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i % 500 == 0) {
                failing = random.nextDouble();
            }
            now[0] += random.nextInt(random.nextInt(50) == 0 ? 3_000 : 40) * MILLI;
            assertThat(breaker.admits()).as("step %d", i).isEqualTo(model.admits(now[0]));
            if (random.nextBoolean() || running.isEmpty()) {
                boolean let = model.enter(now[0]);
                assertThat(breaker.enter()).as("step %d", i).isEqualTo(let);
                if (let) {
                    running.add(now[0]);
                }
            } else if (!streaming.isEmpty() && random.nextInt(10) == 0) {
                long begun = streaming.remove(random.nextInt(streaming.size()));
                breaker.brokeOff(200, now[0] - begun);
                model.brokeOff(begun, now[0]);
            } else {
                long begun = running.remove(random.nextInt(running.size()));
                if (end(random, failing, begun, now[0], breaker, model)) {
                    streaming.add(begun);
                }
            }
            while (streaming.size() > 5) {
                streaming.removeFirst();
            }
            assertThat(name(breaker.state())).as("step %d", i).isEqualTo(model.state);
            met.add(model.state);
        }
        assertThat(met).contains("closed", "open", "half-open");
    }

    /** @return whether a body may follow */
    private static boolean end(
            Random random, double failing, long begun, long now, CircuitBreaker breaker, Model model) {
        long nanos = now - begun;
        boolean slow = nanos > 200 * MILLI;
        if (random.nextInt(20) == 0) {
            breaker.left(nanos);
            model.left(begun);
            return false;
        } else if (random.nextDouble() < failing) {
            if (random.nextBoolean()) {
                breaker.failed(nanos);
            } else {
                breaker.answered(503, nanos);
            }
            model.ended(begun, true, slow, now);
            return false;
        } else {
            breaker.answered(404, nanos);
            model.ended(begun, false, slow, now);
            return true;
        }
    }

    private static String name(CircuitState state) {
        return switch (state) {
            case ClosedState _ -> "closed";
            case OpenState _ -> "open";
            case HalfOpenState _ -> "half-open";
        };
    }
}
