package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitSightings;
import dev.gatehouse.db.policy.RateLimit.Mode;
import dev.gatehouse.db.policy.RateLimit.WithoutRedis;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Decides on all rate limits of a request together: with all other nodes through Redis, and as each limit says while
 * Redis is away. Permits are renewed and a silent Redis is found by a thread of its own, so that hardly a request waits.
 */
public final class Limiter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);
    private static final int ATTEMPTS = 4;

    private final RollCall rollCall;
    private final SharedCounters shared;
    private final Memory memory;
    private final Memory here;
    private final Slots slots;
    private final Sightings sightings;
    private final Supplier<Share> share;
    private final Clock clock;
    private final AtomicReference<Optional<Instant>> awaySince;
    private final LongAdder decisions = new LongAdder();
    private final Silence silence;
    private final Upkeep upkeep;

    /** Of a node that serves alone, and whose own clock is that of the wall. */
    public Limiter(UnifiedJedis redis, Clock clock) {
        this(
                redis,
                UUID.randomUUID().toString(),
                "",
                () -> Share.WHOLE,
                clock,
                () -> clock.millis() * 1_000,
                new Silence());
    }

    /**
     * @param boot what no other node is called, nor this one after a restart
     * @param name of the node, for people
     * @param share what this node admits without Redis, beside all others that serve
     * @param micros of a clock that only runs forward
     * @param silence where others tell that Redis is silent, and are told
     */
    public Limiter(
            UnifiedJedis redis,
            String boot,
            String name,
            Supplier<Share> share,
            Clock clock,
            LongSupplier micros,
            Silence silence) {
        this(redis, boot, name, share, clock, micros, silence, Optional.empty());
    }

    /** @param awaySince known already, so that nobody is told of it */
    Limiter(
            UnifiedJedis redis,
            String boot,
            String name,
            Supplier<Share> share,
            Clock clock,
            LongSupplier micros,
            Silence silence,
            Optional<Instant> awaySince) {
        this.awaySince = new AtomicReference<>(awaySince);
        this.silence = silence;
        this.share = share;
        this.clock = clock;
        memory = new Memory(micros);
        here = new Memory(micros);
        rollCall = new RollCall(redis, boot, share, memory);
        shared = new SharedCounters(
                redis, share, memory, () -> rollCall.standing() == Standing.AWAY, this::lost, this::wake);
        slots = new Slots(redis, boot, share, () -> rollCall.standing() == Standing.AWAY, this::lost);
        silence.listen(this::away);
        sightings = new Sightings(name, new LimitSightings(redis), this::figures, clock);
        upkeep = new Upkeep(rollCall, shared, decisions::sum, this::lost, this::found);
    }

    /** All demands are counted, or none is. */
    public Verdict decide(List<Demand> demands) {
        if (demands.isEmpty()) {
            return Verdict.FREE;
        }
        decisions.increment();
        if (rollCall.standing() == Standing.COUNTING) {
            var known = shared.known(demands);
            if (known != null) {
                return known;
            }
        }
        return anyLocal(demands) ? both(demands, of(demands, true)) : together(demands);
    }

    /** Asked for each request, hence no stream. */
    private static boolean anyLocal(List<Demand> demands) {
        for (var demand : demands) {
            if (demand.mode() == Mode.LOCAL) {
                return true;
            }
        }
        return false;
    }

    private static List<Demand> of(List<Demand> demands, boolean local) {
        return demands.stream()
                .filter(demand -> (demand.mode() == Mode.LOCAL) == local)
                .toList();
    }

    /** Those that each node counts for itself, and then those that are shared. */
    private Verdict both(List<Demand> demands, List<Demand> local) {
        var own = alone(here, local, false);
        var others = of(demands, false);
        var rest = own.admitted() && !others.isEmpty() ? together(others) : seen(others);
        if (own.admitted() && !rest.admitted()) {
            takeBack(here, local, own, local.size(), false);
            own = new Verdict(local.size());
            for (int i = 0; i < local.size(); i++) {
                look(here, local.get(i), own, i);
            }
        }
        var verdict = new Verdict(demands.size());
        int ours = 0;
        int theirs = 0;
        for (int i = 0; i < demands.size(); i++) {
            if (demands.get(i).mode() == Mode.LOCAL) {
                verdict.take(i, own, ours++);
            } else {
                verdict.take(i, rest, theirs++);
            }
        }
        return verdict;
    }

    private Verdict together(List<Demand> demands) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var epoch = rollCall.epoch();
            try {
                var verdict = ask(demands, epoch);
                if (verdict != null) {
                    return verdict;
                }
                rollCall.join(epoch);
            } catch (JedisException e) {
                lost(e);
            }
        }
        return withoutRedis(demands);
    }

    /** Null where the epoch does not hold, or none is known yet. */
    private @Nullable Verdict ask(List<Demand> demands, String epoch) {
        return switch (rollCall.standing()) {
            case NEW -> null;
            case COUNTING -> {
                var verdict = shared.decide(epoch, demands, true);
                wakeToSend();
                yield verdict;
            }
            case JOINED -> {
                rollCall.awaitOthers();
                yield rollCall.standing() == Standing.JOINED
                        ? asMuchAsAlone(demands, epoch)
                        : ask(demands, rollCall.epoch());
            }
            case AWAY -> withoutRedis(demands);
        };
    }

    /** No more than this node would admit alone, and no more than Redis has left. */
    private @Nullable Verdict asMuchAsAlone(List<Demand> demands, String epoch) {
        var own = alone(memory, demands, true);
        if (!own.admitted()) {
            return own;
        }
        try {
            var verdict = shared.decide(epoch, demands, false);
            if (verdict == null || !verdict.admitted()) {
                takeBack(memory, demands, own, demands.size(), true);
            }
            return verdict;
        } catch (JedisException e) {
            demands.forEach(memory::failed);
            lost(e);
            return own;
        }
    }

    private Verdict alone(Memory counted, List<Demand> demands, boolean toldToo) {
        var verdict = new Verdict(demands.size());
        var now = new Counted(counted.micros(), share.get());
        for (int i = 0; i < demands.size(); i++) {
            var room = counted.decide(demands.get(i), now, toldToo);
            if (!room.admits()) {
                takeBack(counted, demands, verdict, i, toldToo);
                verdict.refuse(i, room.left(), room.next());
                for (int j = 0; j < demands.size(); j++) {
                    if (j != i) {
                        look(counted, demands.get(j), verdict, j);
                    }
                }
                return verdict;
            }
            verdict.room(i, room.left(), room.reset());
            verdict.alone(i, now);
        }
        return verdict;
    }

    /** The first so many that were counted here. */
    private static void takeBack(Memory counted, List<Demand> demands, Verdict verdict, int many, boolean toldToo) {
        for (int i = 0; i < many; i++) {
            var taken = verdict.alone(i);
            if (taken != null) {
                counted.undo(demands.get(i), taken, toldToo);
            }
        }
    }

    /** Says how it stands here: whoever is refused hears of all that refuse him, and of the longest wait. */
    private void look(Memory counted, Demand demand, Verdict verdict, int place) {
        var room = counted.look(demand, share.get());
        if (room.admits()) {
            verdict.room(place, room.left(), room.reset());
        } else {
            verdict.refuse(place, room.left(), room.next());
        }
    }

    /** What is known of those that are shared, without asking. */
    private Verdict seen(List<Demand> demands) {
        var verdict = new Verdict(demands.size());
        boolean counting = rollCall.standing() == Standing.COUNTING;
        for (int i = 0; i < demands.size(); i++) {
            var demand = demands.get(i);
            if (counting) {
                shared.look(demand, verdict, i);
            } else if (demand.withoutRedis() == WithoutRedis.LOCAL) {
                look(memory, demand, verdict, i);
            }
        }
        return verdict;
    }

    /** As each limit says: its share, all, or nothing. */
    private Verdict withoutRedis(List<Demand> demands) {
        var counted = new ArrayList<Demand>();
        for (int i = 0; i < demands.size(); i++) {
            switch (demands.get(i).withoutRedis()) {
                case LOCAL -> counted.add(demands.get(i));
                case ALLOW -> {}
                case DENY -> {
                    return new Verdict(demands.size()).unknown(i);
                }
            }
        }
        var own = alone(memory, counted, false);
        var verdict = new Verdict(demands.size());
        int next = 0;
        for (int i = 0; i < demands.size(); i++) {
            if (next < counted.size() && demands.get(i).equals(counted.get(next))) {
                verdict.take(i, own, next++);
            } else {
                verdict.room(i, demands.get(i).counter().most(), 0);
            }
        }
        return verdict;
    }

    /** An admitted request was refused by something else, before it reached a service: its permits go back. */
    public void giveBack(List<Demand> demands, Verdict verdict) {
        shared.putBack(demands, verdict, demands.size());
        wakeToSend();
        for (int i = 0; i < demands.size(); i++) {
            var taken = verdict.alone(i);
            if (taken != null) {
                var counted = demands.get(i).mode() == Mode.LOCAL ? here : memory;
                counted.undo(demands.get(i), taken, false);
            }
        }
    }

    private void wakeToSend() {
        if (shared.hasToSend()) {
            wake();
        }
    }

    private void wake() {
        upkeep.wake();
    }

    /** Units of an admitted request that are known only now; they are counted whatever is left. */
    public void charge(Demand demand, long units) {
        if (demand.mode() == Mode.LOCAL) {
            here.charge(demand.counter(), units, share.get());
        } else if (rollCall.standing() == Standing.AWAY) {
            memory.charge(demand.counter(), units, share.get());
        } else {
            shared.charge(demand.counter(), units);
            wake();
        }
    }

    /** Since when Redis is away; empty while it counts. */
    public Optional<Instant> awaySince() {
        return awaySince.get();
    }

    public Standing standing() {
        return rollCall.standing();
    }

    /** Now, by Redis' clock where it was heard: one that all nodes have in common. */
    public Instant now() {
        long offset = shared.clockOffset();
        return offset == Long.MIN_VALUE ? clock.instant() : Instant.ofEpochMilli((memory.micros() + offset) / 1_000);
    }

    /** For requests at once. */
    public Slots slots() {
        return slots;
    }

    /** Where it is told whom limits refuse. */
    public Sightings sightings() {
        return sightings;
    }

    /** What the limiter is busy with. */
    public LimiterFigures figures() {
        var leases = shared.leases();
        return new LimiterFigures(
                rollCall.standing(),
                decisions.sum(),
                shared.roundTrips(),
                leases.size(),
                leases.permits(),
                memory.size(),
                slots.size());
    }

    private void lost(JedisException cause) {
        away(cause);
        silence.found(cause);
    }

    private void away(JedisException cause) {
        rollCall.away();
        shared.abandon(cause);
        if (awaySince.compareAndSet(Optional.empty(), Optional.of(clock.instant()))) {
            LOG.warn("Redis does not answer, limits go by their own rule for that: {}", cause.toString());
        }
    }

    private void found() {
        if (rollCall.standing() != Standing.AWAY
                && awaySince.getAndSet(Optional.empty()).isPresent()) {
            LOG.info("Redis answers again");
        }
    }

    /** Gives back what was taken ahead; waits for Redis no longer than one time-out. */
    @Override
    public void close() {
        upkeep.close();
        sightings.close();
        slots.close();
        try {
            shared.giveBackAll(rollCall.epoch());
        } catch (JedisException e) {
            LOG.debug("Permits were not given back; they stay counted until their window is over", e);
        }
    }
}
