package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.backend.UpstreamFailure.Kind;
import dev.gatehouse.node.backend.balance.Balance;
import dev.gatehouse.node.backend.balance.Pick;
import dev.gatehouse.node.exchange.Attempt;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Asks a service for one exchange until there is an answer, or no good reason to ask once more. */
final class Attempts implements Race.Runner {

    /** An answer that is not wanted is read when that takes no time, so that its connection can be used again. */
    private static final int SHORT = 8 << 10;

    private final Balance<Reach> balance;
    private final Asking asking;
    private final Tries tries;
    private final Exchange exchange;
    private final String path;
    private @Nullable Pick<Reach> latest;
    private boolean fresh;
    /** Whether a connection is waited for where all are in use: once no other target is left to be asked. */
    private boolean patient;
    /** Of those of which all connections were in use, where one came back last: one that hangs gives none back. */
    private @Nullable Pick<Reach> full;

    private int again;

    /** @param path the raw path at the service, below the target's base path */
    Attempts(Balance<Reach> balance, Asking asking, Exchange exchange, String path) {
        this.balance = balance;
        this.asking = asking;
        tries = asking.tries();
        this.exchange = exchange;
        this.path = path;
        patient = balance.size() < 2;
    }

    /**
     * The answer; its body is still to come.
     *
     * @throws RefusedException when it was the client's body that failed
     */
    Response answer() throws UpstreamFailure, RefusedException {
        boolean harmless = Replay.harmless(exchange);
        if (harmless && tries.retry().maxBody() > 0) {
            Replay.keep(exchange, (int) tries.retry().maxBody(), asking.bodies());
        }
        tries.budget().request();
        var pick = first();
        while (true) {
            UpstreamFailure failure;
            try {
                var response = harmless && hedged() ? new Race(exchange, tries, this, pick).run() : run(pick);
                if (!harmless || !tries.again(response.status()) || !Replay.whole(exchange)) {
                    return response;
                }
                long pause = tries.pause(response, again);
                if (!tries.allow(exchange, again, pause)) {
                    return response;
                }
                var other = instead(response, pause);
                if (other == null) {
                    return response;
                }
                pick = other;
                continue;
            } catch (UpstreamFailure e) {
                failure = e;
            }
            pick = after(failure, harmless);
        }
    }

    /** Where to ask again in place of that answer; null when there is nobody: then it is good enough, and not read yet. */
    private @Nullable Pick<Reach> instead(Response response, long pause) throws UpstreamFailure {
        boolean kept = false;
        try {
            again(pause);
            var other = any();
            kept = other == null;
            return other;
        } finally {
            if (!kept) {
                discard(response);
            }
        }
    }

    /** Where names were never looked up before, that is waited for. */
    private Pick<Reach> first() throws UpstreamFailure {
        var pick = next();
        if (pick == null && balance.size() == 0) {
            if (!balance.await(asking.terms().times().connect(exchange, System.nanoTime()))) {
                throw new UpstreamFailure(Kind.UNREACHABLE, "no target of the service has an address", null);
            }
            pick = next();
        }
        if (pick == null) {
            throw UpstreamFailure.noTarget();
        }
        return pick;
    }

    /** The one to ask after a failure. */
    private Pick<Reach> after(UpstreamFailure failure, boolean harmless) throws UpstreamFailure {
        if (exchange.abandoned()) {
            throw failure;
        }
        asking.log().tell(exchange, failure.getMessage());
        if (exchange.nanosLeft() <= 0) {
            throw failure.late();
        }
        switch (failure.kind()) {
            case UNREACHABLE, ABSENT -> {
                return unsent(failure);
            }
            case BUSY -> {
                if (patient) {
                    throw failure;
                }
                full = full == null
                                || (latest != null
                                        && latest.reach().latest()
                                                        - full.reach().latest()
                                                > 0)
                        ? latest
                        : full;
                return unsent(failure);
            }
            case REFUSED -> again(failure, Replay.whole(exchange), 0);
            case STALE -> {
                again(failure, harmless && Replay.whole(exchange), 0);
                return same();
            }
            case SILENT -> again(failure, harmless && Replay.whole(exchange), again == 0 ? 0 : backoff());
            case BROKEN -> again(failure, harmless && repeatable(failure, tries.onBroken()), backoff());
            case TIMEOUT -> again(failure, harmless && repeatable(failure, tries.onTimeout()), backoff());
        }
        return elsewhere();
    }

    /** Another target in any case; where none is left, one that was full is waited for. */
    private Pick<Reach> unsent(UpstreamFailure failure) throws UpstreamFailure {
        var pick = next();
        if (pick != null) {
            return pick;
        }
        if (full == null || patient) {
            throw failure;
        }
        patient = true;
        latest = full.again();
        return latest;
    }

    /** A handshake leads one client to one target. */
    private boolean hedged() {
        return tries.hedge().requests() > 0
                && Replay.whole(exchange)
                && exchange.downstream().upgrade() == null;
    }

    private boolean repeatable(UpstreamFailure failure, boolean chosen) {
        return chosen && !failure.passedOn() && Replay.whole(exchange);
    }

    private long backoff() {
        return tries.backoff().before(again);
    }

    private void again(UpstreamFailure failure, boolean may, long pause) throws UpstreamFailure {
        if (!may || !tries.allow(exchange, again, pause)) {
            throw failure;
        }
        try {
            again(pause);
        } catch (UpstreamFailure _) {
            throw failure;
        }
    }

    private void again(long pause) throws UpstreamFailure {
        again++;
        fresh = true;
        exchange.traceAnew();
        if (pause > 0 && exchange.pause(pause)) {
            throw new UpstreamFailure(Kind.SILENT, "the client is gone", null);
        }
    }

    /** Another target; null when all that can be asked were. */
    @Override
    public @Nullable Pick<Reach> next() {
        var pick = balance.pick(exchange, latest);
        if (pick != null) {
            latest = pick;
        }
        return pick;
    }

    /** The same once more: it was a connection that failed, not the target. */
    private Pick<Reach> same() throws UpstreamFailure {
        var before = latest;
        if (before == null) {
            throw UpstreamFailure.noTarget();
        }
        latest = before.again();
        return latest;
    }

    private Pick<Reach> elsewhere() throws UpstreamFailure {
        var pick = any();
        if (pick == null) {
            throw UpstreamFailure.noTarget();
        }
        return pick;
    }

    /** Another target, or one that was asked before when there is none; null when none takes requests any more. */
    private @Nullable Pick<Reach> any() {
        var pick = next();
        if (pick == null) {
            latest = null;
            pick = next();
        }
        return pick;
    }

    private Response run(Pick<Reach> pick) throws UpstreamFailure, RefusedException {
        long began = System.nanoTime();
        try {
            var response = run(exchange, pick, Attempts::never);
            note(exchange, pick, response.status(), null, began, false);
            return response;
        } catch (UpstreamFailure e) {
            note(exchange, pick, 0, e.refusal(), began, false);
            throw e;
        }
    }

    private static boolean never() {
        return false;
    }

    @Override
    public Response run(Exchange sent, Pick<Reach> pick, BooleanSupplier hung)
            throws UpstreamFailure, RefusedException {
        return asking.ask(pick, sent, path, fresh, patient, hung);
    }

    @Override
    public void note(
            Exchange sent, Pick<Reach> pick, int status, @Nullable Refusal failure, long began, boolean hedged) {
        var trace = sent.trace();
        exchange.attempted(new Attempt(
                pick.endpoint().toString(),
                trace == null ? null : trace.spanId(),
                status,
                failure,
                began,
                System.nanoTime() - began,
                hedged,
                exchange.attempts()));
    }

    private static void discard(Response response) {
        try (response) {
            long length = response.body().length();
            var in = response.body().stream();
            if (length > 0 && length <= SHORT && in.available() >= length) {
                in.skipNBytes(length);
            }
        } catch (IOException _) {
            // then its connection is gone
        }
    }
}
