package dev.gatehouse.deploy.bench;

import dev.gatehouse.deploy.bench.FaultyTarget.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Targets of two services: one has four of them by address, the other one by a name that can move. */
final class FaultyTargets implements AutoCloseable {

    private static final String HERE = "127.0.0.1";
    private static final String THERE = "127.0.0.2";
    private static final int FOUR = 4;
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final long BEAT_NANOS = 150_000_000;

    private final List<FaultyTarget> four = IntStream.range(0, FOUR)
            .mapToObj(_ -> new FaultyTarget(HERE, 0, SLOW))
            .toList();
    private final FaultyTarget here = new FaultyTarget(HERE, 0, SLOW);
    private final FaultyTarget there = new FaultyTarget(THERE, here.port(), SLOW);
    private final NameServer names;

    /** Their ports are set as {@code target-a} to {@code target-d} and {@code moving}. */
    FaultyTargets(Settings settings) {
        for (int i = 0; i < FOUR; i++) {
            settings.set(
                    "target-" + (char) ('a' + i), Integer.toString(four.get(i).port()));
        }
        settings.set("moving", Integer.toString(here.port()));
        names = new NameServer(settings.port("names"), HERE);
    }

    /** Until the given time by {@link System#nanoTime}; then all is well again. */
    void suffer(Fault fault, long begin, long end) {
        switch (fault) {
            case NOTHING -> await(end);
            case KILL -> during(State.DOWN, 1, end);
            case HANG -> during(State.HANGS, 1, end);
            case SLOW -> during(State.SLOW, 1, end);
            case RESET -> during(State.RESETS, 1, end);
            case HALF -> during(State.DOWN, FOUR / 2, end);
            case ALL -> during(State.DOWN, FOUR, end);
            case FLAP -> {
                while (System.nanoTime() < end) {
                    during(State.DOWN, 1, System.nanoTime() + BEAT_NANOS);
                    await(System.nanoTime() + BEAT_NANOS);
                }
            }
            case NAME -> {
                names.says(THERE);
                // a second for the old answer, one for whoever has just got it
                await(Math.max(begin + (end - begin) / 2, begin + 2_000_000_000L));
                here.is(State.DOWN);
                await(end);
                here.is(State.WELL);
                names.says(HERE);
            }
        }
    }

    private void during(State state, int of, long end) {
        four.subList(0, of).forEach(target -> target.is(state));
        await(end);
        four.subList(0, of).forEach(target -> target.is(State.WELL));
    }

    private static void await(long end) {
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Requests so far, of both services. */
    long asked() {
        return four.stream().mapToLong(FaultyTarget::asked).sum() + here.asked() + there.asked();
    }

    /** Answers so far that were cut in their middle. */
    long resets() {
        return four.stream().mapToLong(FaultyTarget::resets).sum();
    }

    @Override
    public void close() {
        names.close();
        four.forEach(FaultyTarget::close);
        here.close();
        there.close();
    }
}
