package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hedging ("The Tail at Scale", CACM 2013): while one target is silent another is asked for the same, and the first good
 * answer wins. Each runs on a copy of the exchange; those that lose are abandoned as if their client were gone. The first
 * runs on the thread of whoever asks, so that a request that is answered in time costs no other one.
 */
final class Race {

    /** What runs, and how it is chosen and told of. */
    interface Runner {

        @Nullable
        Pick<Reach> next();

        Response run(Exchange sent, Pick<Reach> pick) throws UpstreamFailure, RefusedException;

        void note(Exchange sent, Pick<Reach> pick, int status, @Nullable Refusal failure, long began, boolean hedged);
    }

    private static final Downstream READS_TRAILERS = new Downstream((_, _) -> {}, true, null);

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
            var nowhere = exchange.downstream().trailers() ? READS_TRAILERS : Downstream.PLAIN;
            copy = exchange.rival(hedged ? exchange.headers().copy() : exchange.headers(), nowhere);
            if (hedged) {
                copy.traceAnew();
            }
        }

        void run() {
            ask();
            ended(this);
        }

        void ask() {
            try {
                response = runner.run(copy, pick);
            } catch (UpstreamFailure e) {
                failure = e;
            } catch (RefusedException e) {
                refused = e;
            } catch (RuntimeException | Error e) {
                failure = new UpstreamFailure(Kind.BROKEN, "failed: " + e, e);
            }
        }

        /** An answer that is no reason to ask again, and can be read. */
        boolean good() {
            return response != null && !tries.again(response.status()) && !copy.abandoned();
        }

        /** As what became of it is told; nothing when it was given up for another one. */
        void note() {
            boolean givenUp = response == null && copy.abandoned();
            runner.note(
                    copy,
                    pick,
                    response == null ? 0 : response.status(),
                    failure == null || givenUp ? null : failure.refusal(),
                    began,
                    hedged);
        }
    }

    private final Exchange exchange;
    private final Tries tries;
    private final Runner runner;
    private final Lap first;
    private final List<Lap> running = new ArrayList<>(2);
    private final List<Lap> ended = new ArrayList<>(2);
    private long further;
    private boolean decided;

    Race(Exchange exchange, Tries tries, Runner runner, Pick<Reach> pick) {
        this.exchange = exchange;
        this.tries = tries;
        this.runner = runner;
        first = new Lap(pick, false);
        running.add(first);
        further = tries.hedge().requests();
    }

    /** The first good answer; when there is none, the last one that is not, or the last failure. */
    Response run() throws UpstreamFailure, RefusedException {
        exchange.whenAbandoned(this::abandon);
        var alarm = tries.alarms().set(this::another, first.began);
        first.ask();
        alarm.callOff();
        var alone = first.response;
        if (alone != null && decidedAlone()) {
            first.note();
            exchange.whenAbandoned(first.copy::abandon);
            return alone;
        }
        ended(first);
        Response spare = null;
        while (true) {
            var lap = next();
            var response = lap.response;
            boolean last = last();
            if (response != null && (last || lap.good())) {
                lap.note();
                return won(lap, response, spare);
            }
            lap.note();
            if (response != null) {
                close(spare);
                spare = response;
            } else if (last) {
                return lost(lap, spare);
            }
        }
    }

    /** Nobody was asked beside the first, and nobody need be. */
    private synchronized boolean decidedAlone() {
        decided = further == tries.hedge().requests() && first.good();
        return decided;
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

    /** The time of another one has come; on a thread of its own. */
    private void another() {
        Lap lap;
        boolean more;
        synchronized (this) {
            if (decided
                    || further == 0
                    || exchange.abandoned()
                    || !tries.budget().take()) {
                return;
            }
            var pick = runner.next();
            if (pick == null) {
                return;
            }
            further--;
            more = further > 0;
            lap = new Lap(pick, true);
            running.add(lap);
        }
        if (exchange.abandoned()) {
            lap.copy.abandon();
        }
        if (more) {
            var _ = tries.alarms().set(this::another, lap.began);
        }
        lap.run();
    }

    private void ended(Lap lap) {
        boolean late;
        synchronized (this) {
            late = decided;
            running.remove(lap);
            if (!late) {
                ended.add(lap);
                notifyAll();
            }
        }
        if (late) {
            close(lap.response);
        } else if (lap != first && lap.good()) {
            // whoever asks waits for the first
            first.copy.abandon();
        }
    }

    /** One that has ended, a good one before all others. */
    private synchronized Lap next() throws UpstreamFailure {
        try {
            while (ended.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            decide();
            Thread.currentThread().interrupt();
            throw gone(e);
        }
        for (var lap : ended) {
            if (lap.good()) {
                ended.remove(lap);
                return lap;
            }
        }
        return ended.removeFirst();
    }

    /** Nobody else is waited for; from then on nobody else begins. */
    private synchronized boolean last() {
        decided = running.isEmpty() && ended.isEmpty();
        return decided;
    }

    private void abandon() {
        List<Lap> all;
        synchronized (this) {
            all = List.copyOf(running);
        }
        all.forEach(lap -> lap.copy.abandon());
    }

    /** Nobody else counts from now on. */
    private void decide() {
        List<Lap> losers;
        synchronized (this) {
            decided = true;
            losers = new ArrayList<>(running);
            losers.addAll(ended);
            running.clear();
            ended.clear();
        }
        for (var lap : losers) {
            lap.copy.abandon();
            lap.note();
            close(lap.response);
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
