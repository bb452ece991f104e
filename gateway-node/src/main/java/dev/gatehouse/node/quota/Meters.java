package dev.gatehouse.node.quota;

import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Period;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of all accounts that were used lately, and the files they count in. Bounded: beyond that many accounts, or
 * when so many files wait for the ledger, there is none for a new one, but one for all of those together.
 */
final class Meters {

    private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
    private static final int MOST = 60_000;
    private static final int SMALLEST_FILE = 1_024;
    private static final int LARGEST_FILE = 65_536;
    private static final int MOST_FILES = 16;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long IDLE_NANOS_OF_MANY = TimeUnit.SECONDS.toNanos(2);

    /** The subject of all that are counted together. */
    static final String OTHERS = "*";

    private final Path folder;
    private final UUID boot;
    private final Map<String, Map<String, Meter>> current = new ConcurrentHashMap<>();
    private final Map<Account, Meter> all = new ConcurrentHashMap<>();
    private final List<CountFile> older = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private CountFile file;

    /** @param folder in which the files are; those that an ended process left there are taken over */
    Meters(Path folder, UUID boot) {
        this.folder = folder;
        this.boot = boot;
        older.addAll(CountFile.left(folder));
        file = CountFile.create(folder, boot, SMALLEST_FILE);
    }

    /**
     * The one of the period that runs.
     *
     * @return null when there is no room for it
     */
    @Nullable
    Meter of(Quota quota, String name, String subject, long millis) {
        return of(quota, name, subject, millis, MOST);
    }

    /** That of all subjects for which there is no room. */
    @Nullable
    Meter others(Quota quota, String name, long millis) {
        return of(quota, name, OTHERS, millis, LARGEST_FILE - 1);
    }

    private @Nullable Meter of(Quota quota, String name, String subject, long millis, int most) {
        var bySubject = current.computeIfAbsent(name, _ -> new ConcurrentHashMap<>());
        var known = covering(bySubject.get(subject), quota, millis);
        if (known != null) {
            return known;
        }
        var next = open(quota, new Account(name, subject, period(quota, millis)), most);
        if (next != null) {
            bySubject.put(subject, next);
        }
        return next;
    }

    /** The one of the period that runs, if it was used lately. */
    @Nullable
    Meter known(Quota quota, String name, String subject, long millis) {
        var bySubject = current.get(name);
        return bySubject == null ? null : covering(bySubject.get(subject), quota, millis);
    }

    private static @Nullable Meter covering(@Nullable Meter known, Quota quota, long millis) {
        return known != null && !known.gone() && known.covers(quota, millis) ? known : null;
    }

    private static Period period(Quota quota, long millis) {
        return quota.calendar().at(Instant.ofEpochMilli(millis));
    }

    private synchronized @Nullable Meter open(Quota quota, Account account, int most) {
        var known = all.get(account);
        if (known != null) {
            return known;
        }
        if (all.size() >= most || !CountFile.fits(account.quota(), account.subject())) {
            return null;
        }
        var slot = file.allocate(account);
        if (slot == null) {
            slot = turnPage() ? file.allocate(account) : null;
        }
        if (slot == null) {
            return null;
        }
        var meter = new Meter(account, slot, quota, numbers);
        all.put(account, meter);
        return meter;
    }

    /** All that is counted from here on goes into a new file; the old one goes when the ledger has all of it. */
    private boolean turnPage() {
        if (older.size() >= MOST_FILES) {
            return false;
        }
        var next = CountFile.create(folder, boot, Math.clamp(2L * all.size(), SMALLEST_FILE, LARGEST_FILE));
        all.values().forEach(meter -> meter.move(Objects.requireNonNull(next.allocate(meter.account()))));
        file.retire();
        older.add(file);
        file = next;
        return true;
    }

    /** Those that wait for the ledger, the oldest first; last the one that is counted in. */
    synchronized List<CountFile> files() {
        var files = new ArrayList<>(older);
        files.add(file);
        return files;
    }

    /** Was it counted in by another process, which is no more? */
    boolean isForeign(CountFile one) {
        return !one.boot().equals(boot);
    }

    synchronized boolean isCurrent(CountFile one) {
        return one == file;
    }

    /** The ledger has all of it. */
    synchronized void done(CountFile one) {
        older.remove(one);
        one.delete();
    }

    @Nullable
    Meter of(Account account) {
        return all.get(account);
    }

    Collection<Meter> all() {
        return all.values();
    }

    /** All that Redis counts, too. */
    Stream<Account> counted() {
        return all.values().stream().filter(Meter::refusable).map(Meter::account);
    }

    /** Counts what nobody gave a permit for: a request that took long may come back to a meter that was forgotten. */
    void charge(Meter meter, long cost) {
        var counting = meter;
        while (!counting.charge(cost)) {
            counting = open(meter.quota(), meter.account(), LARGEST_FILE - 1);
            if (counting == null) {
                LOG.error("{} of {} were not counted: there are too many accounts", cost, meter.account());
                return;
            }
        }
    }

    /** Forgets those that nobody uses; where there is little room for others, sooner. */
    void sweep(long now) {
        long idle = all.size() < MOST / 2 ? IDLE_NANOS : IDLE_NANOS_OF_MANY;
        all.values().removeIf(meter -> meter.idle(now, idle) && leaves(meter, now, idle));
    }

    private boolean leaves(Meter meter, long now, long idle) {
        if (!meter.tryTurn()) {
            return false;
        }
        try {
            if (!left(meter, now, idle)) {
                return false;
            }
            var bySubject = current.get(meter.account().quota());
            if (bySubject != null) {
                bySubject.remove(meter.account().subject(), meter);
            }
            return true;
        } finally {
            meter.turn().unlock();
        }
    }

    /** Not while somebody gives it a share. */
    private static boolean left(Meter meter, long now, long idle) {
        if (!meter.sharing().tryLock()) {
            return false;
        }
        try {
            return meter.leave(now, idle);
        } finally {
            meter.sharing().unlock();
        }
    }

    /** Leaves what the ledger has not taken to whoever comes next. */
    synchronized void close() {
        files().forEach(CountFile::close);
    }
}
