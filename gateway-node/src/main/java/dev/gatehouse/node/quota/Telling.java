package dev.gatehouse.node.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import redis.clients.jedis.exceptions.JedisException;

/** Tells Redis what this node holds, whenever that has changed, and what the ledger says: many accounts in one round trip. */
final class Telling {

    private static final int AT_ONCE = 1_000;

    private final SharedView shared;
    private final LedgerWriter ledger;
    private final Meters meters;
    private final Asking asking;
    private final List<CountFile> inherited = new ArrayList<>();

    Telling(SharedView shared, LedgerWriter ledger, Meters meters, Asking asking) {
        this.shared = shared;
        this.ledger = ledger;
        this.meters = meters;
        this.asking = asking;
    }

    /** Of all that has changed since it was told. @throws JedisException when Redis does not answer */
    void changes() {
        long now = System.nanoTime();
        boolean shared = ledger.away();
        meters.all().forEach(meter -> {
            if (!shared) {
                meter.endShare(now + Asking.GOOD_NANOS);
            }
            meter.expire(now);
        });
        tell(Meter::untold);
        inherited();
    }

    /**
     * Of all. What was a node's share goes on as permits.
     *
     * @param nanos until it is told of again
     */
    void everything(long nanos) {
        tell(_ -> true);
        long good = System.nanoTime() + nanos + Asking.GOOD_NANOS;
        meters.all().forEach(meter -> meter.extend(good));
    }

    private void tell(Predicate<Meter> which) {
        var taken = new ArrayList<Meter>();
        for (var meter : meters.all()) {
            // who asks at this moment tells by himself
            if (which.test(meter) && meter.refusable() && meter.tryTurn()) {
                taken.add(meter);
                if (taken.size() == AT_ONCE) {
                    send(taken);
                    taken.clear();
                }
            }
        }
        send(taken);
    }

    private void send(List<Meter> taken) {
        try {
            if (taken.isEmpty()) {
                return;
            }
            var answers = shared.tell(taken.stream().map(asking::telling).toList());
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).what() == SharedAnswer.What.MISSING) {
                    restore(taken.get(i));
                } else {
                    taken.get(i).total(answers.get(i).total());
                }
            }
        } catch (JedisException e) {
            taken.forEach(Meter::forgetTold);
            // before anybody has the turn, who would wait for it once more
            asking.lost(e);
            throw e;
        } finally {
            taken.forEach(meter -> meter.turn().unlock());
        }
    }

    /** Redis has lost it: it must know what is held here before anything is granted. */
    private void restore(Meter meter) {
        if (meter.holds()) {
            meter.extend(System.nanoTime() + Asking.GOOD_NANOS);
            ledger.standing(meter).ifPresentOrElse(_ -> shared.ask(asking.tellingAnew(meter)), meter::forgetTold);
        }
    }

    /** Files of ended processes whose counts are in the ledger: they hold nothing any more. */
    void inherited(List<CountFile> files) {
        synchronized (inherited) {
            files.stream().filter(file -> !inherited.contains(file)).forEach(inherited::add);
        }
    }

    private void inherited() {
        List<CountFile> done;
        synchronized (inherited) {
            done = List.copyOf(inherited);
        }
        for (var file : done) {
            shared.leave(file.boot(), ledger.used(file.accounts()));
            meters.done(file);
            synchronized (inherited) {
                inherited.remove(file);
            }
        }
    }

    /** What is still held is what the ledger has not taken. */
    void farewell() {
        tell(_ -> true);
    }
}
