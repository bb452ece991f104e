package dev.gatehouse.console.quota;

import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.model.QuotaGrant;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How one subject stands with one quota.
 *
 * @param quota as it is configured; empty when it is no longer
 * @param bonus what is granted beside it now
 * @param held as Redis has it
 * @param asked whether Redis said so
 */
record QuotaRow(
        Usage usage, Optional<Quota> quota, long bonus, Optional<QuotaView.Held> held, boolean asked, Instant now) {

    private static final String CONSUMER = "consumer:";
    private static final double ATTENTION = 0.8;

    /** Those in the ledger, and those of plans that nobody has used yet in this period. */
    static List<QuotaRow> of(Snapshot snapshot, Standings.Books books) {
        var rows = new ArrayList<QuotaRow>();
        var seen = new HashSet<Account>();
        for (var entry : books.entries()) {
            seen.add(entry.usage().account());
            rows.add(row(snapshot, entry.usage(), entry.held(), books));
        }
        snapshot.consumers()
                .forEach((name, consumer) -> consumer.plans().stream()
                        .flatMap(plan -> Optional.ofNullable(snapshot.plans().get(plan)).stream())
                        .flatMap(plan -> plan.quotas().stream())
                        .filter(quota -> quota.per() == Quota.Per.CONSUMER)
                        .map(quota -> untouched(name, quota.forOne(consumer.since()), books.at()))
                        .filter(usage -> seen.add(usage.account()))
                        .forEach(usage -> rows.add(row(snapshot, usage, Optional.empty(), books))));
        rows.sort(Comparator.comparingDouble(QuotaRow::share).reversed().thenComparing(QuotaRow::key));
        return rows;
    }

    private static Usage untouched(String consumer, Quota quota, Instant now) {
        var account =
                new Account(quota.name(), CONSUMER + consumer, quota.calendar().at(now));
        return new Usage(account, 0, quota.amount(), 0, now, now, 0);
    }

    private static QuotaRow row(Snapshot snapshot, Usage usage, Optional<QuotaView.Held> held, Standings.Books books) {
        var account = usage.account();
        long bonus = consumer(account)
                .flatMap(name -> Optional.ofNullable(snapshot.consumers().get(name)))
                .map(consumer -> consumer.bonuses().stream()
                        .filter(grant -> grant.quota().equals(account.quota()) && grant.holds(books.at()))
                        .mapToLong(QuotaGrant::amount)
                        .sum())
                .orElse(0L);
        return new QuotaRow(usage, configured(snapshot, account), bonus, held, books.redis(), books.at());
    }

    private static Optional<String> consumer(Account account) {
        return account.subject().startsWith(CONSUMER)
                ? Optional.of(account.subject().substring(CONSUMER.length()))
                : Optional.empty();
    }

    /** Of the consumer's plans, else of any plan or route. */
    private static Optional<Quota> configured(Snapshot snapshot, Account account) {
        var plans = consumer(account)
                .flatMap(name -> Optional.ofNullable(snapshot.consumers().get(name)))
                .map(consumer -> consumer.plans())
                .orElse(List.of());
        return snapshot.plans().entrySet().stream()
                .sorted(Comparator.comparing(plan -> !plans.contains(plan.getKey())))
                .flatMap(plan -> plan.getValue().quotas().stream())
                .filter(quota -> quota.name().equals(account.quota()))
                .findFirst()
                .or(() -> snapshot.routes().entrySet().stream()
                        .flatMap(route -> route.getValue().policies().stream()
                                .filter(Quota.class::isInstance)
                                .map(Quota.class::cast)
                                .filter(quota -> quota.nameOn(route.getKey()).equals(account.quota())))
                        .findFirst());
    }

    /** Unique, and part of the address. */
    String key() {
        return usage.account().quota() + ":" + usage.account().subject();
    }

    /** As people call it: {@code web-shop}, or {@code key 1a2b3c4d}. */
    String subject() {
        return consumer()
                .orElseGet(() -> usage.account().subject().equals("all")
                        ? "everybody together"
                        : usage.account().subject().replace("key:", "key "));
    }

    Optional<String> consumer() {
        return consumer(usage.account());
    }

    String name() {
        return usage.account().quota();
    }

    long allowed() {
        return quota.map(Quota::amount).orElse(usage.amount()) + usage.carried() + bonus;
    }

    long left() {
        return Math.max(0, allowed() - usage.used());
    }

    double share() {
        return (double) usage.used() / Math.max(1, allowed());
    }

    String used() {
        return Figures.count(usage.used()) + " of " + Figures.count(allowed());
    }

    /** Behind a number; nothing where it is not known. */
    String unit() {
        return quota.map(known -> switch (known.cost().by()) {
                    case REQUEST -> known.cost().units() == 1 ? " requests" : " units";
                    case REQUEST_BYTES, RESPONSE_BYTES -> " bytes";
                    case RESPONSE_HEADER -> " units";
                })
                .orElse("");
    }

    Level level() {
        return share() >= 1 ? Level.BAD : share() >= ATTENTION ? Level.ATTENTION : Level.GOOD;
    }

    String word() {
        boolean soft = quota.filter(known -> !known.refuses()).isPresent();
        if (share() >= 1) {
            return soft ? "beyond it" : "used up";
        }
        return (long) (share() * 100) + " % used";
    }

    String reset() {
        return "in "
                + Figures.age(Duration.between(now, usage.account().period().end()));
    }

    String forecast() {
        return usage.exhaustion(allowed(), now)
                .map(at -> at.equals(now) ? "used up" : "used up in " + Figures.age(Duration.between(now, at)))
                .orElse("lasts");
    }

    /** What Redis says beyond the ledger, in words. */
    String books() {
        return held.map(redis -> {
                    long drift = redis.used() - usage.used();
                    var agree = drift == 0 ? "agree" : "differ by " + Figures.count(Math.abs(drift));
                    return agree + (redis.held() == 0 ? "" : ", " + Figures.count(redis.held()) + " on their way");
                })
                .orElseGet(() -> !asked ? "not known" : usage.used() == 0 ? "nothing used" : "only in the ledger");
    }

    String searched() {
        return String.join(" ", name(), subject(), word());
    }

    /** All of it that does not change each second. */
    List<Object> steady() {
        return List.of(usage.account(), usage.used(), allowed(), books(), forecast(), reset());
    }
}
