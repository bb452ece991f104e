package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hedging ("The Tail at Scale", CACM 2013): while one target is silent another is asked for the same, and the first good
 * answer wins. Each runs on a copy of the exchange; those that lose are abandoned as if their client were gone.
 */
final class Race {

    /** What runs, and how it is chosen and told of. */
    interface Runner {

        @Nullable
        Pick<Reach> next();

        Response run(Exchange sent, Pick<Reach> pick) throws UpstreamFailure, RefusedException;

        void note(Pick<Reach> pick, int status, @Nullable Refusal failure, long began, boolean hedged);
    }

    private final class Lap {

        private final Pick<Reach> pick;
        private final boolean hedged;
        private final Exchange copy;
        private final long began = System.nanoTime();
        private @Nullable Response response;
        private @Nullable UpstreamFailure failure;
        private @Nullable RefusedException refused;

        Lap(Pick<Reach> pick, boolean hedged) {
            this.pick = pick;
            this.hedged = hedged;
            copy = exchange.copy(
                    new Downstream((_, _) -> {}, exchange.downstream().trailers(), null));
            copy.body(exchange.body());
            copy.answerWithin(Duration.ofNanos(exchange.nanosLeft()));
            copy.endWithin(Duration.ofNanos(exchange.nanosToEnd()));
        }

        void run() {
            try {
                response = runner.run(copy, pick);
            } catch (UpstreamFailure e) {
                failure = e;
            } catch (RefusedException e) {
                refused = e;
            } catch (RuntimeException | Error e) {
                failure = new UpstreamFailure(Kind.BROKEN, "failed: " + e, e);
            }
            boolean late;
            synchronized (ended) {
                late = decided;
                if (!late) {
                    ended.add(this);
                }
            }
            if (late && response != null) {
                response.close();
            }
        }
    }

    private final Exchange exchange;
    private final Tries tries;
    private final Runner runner;
    private final LinkedBlockingQueue<Lap> ended = new LinkedBlockingQueue<>();
    private final List<Lap> running = new ArrayList<>();
    private boolean decided;

    Race(Exchange exchange, Tries tries, Runner runner) {
        this.exchange = exchange;
        this.tries = tries;
        this.runner = runner;
    }

    /** The first good answer; when there is none, the last one that is not, or the last failure. */
    Response run(Pick<Reach> first) throws UpstreamFailure, RefusedException {
        start(first, false);
        long further = tries.hedge().requests();
        Response spare = null;
        while (true) {
            var lap = await(further > 0);
            if (lap == null) {
                further = another() ? further - 1 : 0;
                continue;
            }
            var response = lap.response;
            runner.note(
                    lap.pick,
                    response == null ? 0 : response.status(),
                    lap.failure == null ? null : lap.failure.refusal(),
                    lap.began,
                    lap.hedged);
            boolean last = running.isEmpty();
            if (response != null && (last || !tries.again(response.status()))) {
                return won(lap, response, spare);
            }
            if (response != null) {
                close(spare);
                spare = response;
            } else if (last) {
                return lost(lap, spare);
            }
        }
    }

    private Response won(Lap winner, Response response, @Nullable Response spare) {
        close(spare);
        decide();
        exchange.whenAbandoned(winner.copy::abandon);
        return response;
    }

    private Response lost(Lap lap, @Nullable Response spare) throws UpstreamFailure, RefusedException {
        decide();
        if (spare != null) {
            exchange.whenAbandoned(spare::close);
            return spare;
        }
        if (lap.refused != null) {
            throw lap.refused;
        }
        throw lap.failure == null ? gone(null) : lap.failure;
    }

    private boolean another() {
        if (!tries.budget().take()) {
            return false;
        }
        var pick = runner.next();
        if (pick != null) {
            start(pick, true);
        }
        return pick != null;
    }

    private void start(Pick<Reach> pick, boolean hedged) {
        var lap = new Lap(pick, hedged);
        running.add(lap);
        var all = List.copyOf(running);
        exchange.whenAbandoned(() -> all.forEach(one -> one.copy.abandon()));
        Thread.ofVirtual().name("hedge").start(lap::run);
    }

    /** The next that has ended; null when it is time for another one. */
    private @Nullable Lap await(boolean more) throws UpstreamFailure {
        try {
            var lap = more ? ended.poll(tries.hedge().delay().toNanos(), TimeUnit.NANOSECONDS) : ended.take();
            if (lap != null) {
                running.remove(lap);
            }
            return lap;
        } catch (InterruptedException e) {
            decide();
            Thread.currentThread().interrupt();
            throw gone(e);
        }
    }

    /** Nobody else counts from now on. */
    private void decide() {
        synchronized (ended) {
            decided = true;
        }
        for (var lap : ended) {
            close(lap.response);
        }
        for (var lap : running) {
            lap.copy.abandon();
            runner.note(lap.pick, 0, null, lap.began, lap.hedged);
        }
    }

    private static UpstreamFailure gone(@Nullable Exception cause) {
        return new UpstreamFailure(Kind.SILENT, "nobody waits for the answer any more", cause);
    }

    private static void close(@Nullable Response response) {
        if (response != null) {
            response.close();
        }
    }
}
