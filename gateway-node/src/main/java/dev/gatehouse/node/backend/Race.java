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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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

        /** @param hung whether one that is given up has been silent for so long that it is to blame */
        Response run(Exchange sent, Pick<Reach> pick, BooleanSupplier hung) throws UpstreamFailure, RefusedException;

        void note(Exchange sent, Pick<Reach> pick, int status, @Nullable Refusal failure, long began, boolean hedged);
    }

    private static final Downstream READS_TRAILERS = new Downstream((_, _) -> {}, true, null);

    /** Who was silent for so many times what the winner needed hangs; who loses by less was only slower. */
    private static final int TIMES = 3;

    private enum State {
        RUNNING,
        /** What it brought is not looked at yet. */
        ENDED,
        OVER
    }

    private final class Lap implements BooleanSupplier {

        private final Pick<Reach> pick;
        private final boolean hedged;
        private final Exchange copy;
        private final long began = System.nanoTime();
        private State state = State.RUNNING;
        private volatile boolean hung;
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

        @Override
        public boolean getAsBoolean() {
            return hung;
        }

        void run() {
            ask();
            ended(this);
        }

        void ask() {
            try {
                response = runner.run(copy, pick, this);
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

        void lose(Lap winner) {
            long now = System.nanoTime();
            hung = now - began >= TIMES * (now - winner.began);
            copy.abandon();
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
    /** Beside the first; their states, and its own, change under the lock. */
    private List<Lap> others = List.of();

    private boolean decided;

    Race(Exchange exchange, Tries tries, Runner runner, Pick<Reach> pick) {
        this.exchange = exchange;
        this.tries = tries;
        this.runner = runner;
        first = new Lap(pick, false);
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
        decided = others.isEmpty() && first.good();
        return decided;
    }

    private Response won(Lap winner, Response response, @Nullable Response spare) {
        close(spare);
        decide(winner);
        exchange.whenAbandoned(winner.copy::abandon);
        return response;
    }

    private Response lost(Lap lap, @Nullable Response spare) throws UpstreamFailure, RefusedException {
        decide(null);
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
        var lap = rival();
        if (lap == null) {
            return;
        }
        if (exchange.abandoned()) {
            lap.copy.abandon();
        }
        lap.run();
    }

    /** Null where nobody else may be asked, or can. */
    private synchronized @Nullable Lap rival() {
        int left = (int) tries.hedge().requests() - others.size();
        if (decided || left == 0 || exchange.abandoned() || !tries.budget().take()) {
            return null;
        }
        var pick = runner.next();
        if (pick == null) {
            tries.budget().giveBack();
            return null;
        }
        var lap = new Lap(pick, true);
        var more = new ArrayList<>(others);
        more.add(lap);
        others = more;
        if (left > 1) {
            var _ = tries.alarms().set(this::another, lap.began);
        }
        return lap;
    }

    private void ended(Lap lap) {
        boolean late;
        synchronized (this) {
            late = decided;
            lap.state = late ? State.OVER : State.ENDED;
            if (!late) {
                notifyAll();
            }
        }
        if (late) {
            close(lap.response);
        } else if (lap != first && lap.good()) {
            // whoever asks waits for the first
            first.lose(lap);
        }
    }

    /** One that has ended, a good one before all others. */
    private synchronized Lap next() throws UpstreamFailure {
        try {
            while (all(State.ENDED).isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            decide(null);
            Thread.currentThread().interrupt();
            throw gone(e);
        }
        var ended = all(State.ENDED);
        var lap = ended.stream().filter(Lap::good).findFirst().orElse(ended.getFirst());
        lap.state = State.OVER;
        return lap;
    }

    /** Nobody else is waited for; from then on nobody else begins. */
    private synchronized boolean last() {
        decided = all(lap -> lap.state != State.OVER).isEmpty();
        return decided;
    }

    private void abandon() {
        all(State.RUNNING).forEach(lap -> lap.copy.abandon());
    }

    /** Nobody else counts from now on. */
    private void decide(@Nullable Lap winner) {
        List<Lap> losers;
        synchronized (this) {
            decided = true;
            losers = all(lap -> lap.state != State.OVER);
            losers.forEach(lap -> lap.state = State.OVER);
        }
        for (var lap : losers) {
            if (winner == null) {
                lap.copy.abandon();
            } else {
                lap.lose(winner);
            }
            lap.note();
            close(lap.response);
        }
    }

    private List<Lap> all(State state) {
        return all(lap -> lap.state == state);
    }

    private synchronized List<Lap> all(Predicate<Lap> which) {
        var all = new ArrayList<Lap>();
        if (which.test(first)) {
            all.add(first);
        }
        others.stream().filter(which).forEach(all::add);
        return all;
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
