package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.model.Balancing;
import dev.gatehouse.db.model.Ejection;
import dev.gatehouse.db.model.StickyTarget;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Endpoints with letters for names, on a clock that is moved by hand. */
final class Cohort {

    final Map<String, Endpoint> endpoints = new HashMap<>();
    final List<Candidate<String>> candidates = new ArrayList<>();
    private final HandMovedClock clock = new HandMovedClock();
    private final AtomicLong nanos = new AtomicLong(1);
    private Watch.Maker watches = (_, before) -> before;
    private final List<Balance<String>> former = new ArrayList<>();
    private Balance<String> balance;

    Cohort(Balancing balancing, Ejection ejection) {
        balance = new Balance<>(terms(balancing, ejection), _ -> refresh());
    }

    /** Four, whose requests go round. */
    static Cohort ejecting(Map<String, Object> settings) {
        return new Cohort(balancing(Balancing.Algorithm.ROUND_ROBIN), ejection(settings)).with("abcd");
    }

    static Ejection ejection(Map<String, Object> settings) {
        return Settings.read(Ejection.class, settings).orThrow();
    }

    static Cohort of(Balancing.Algorithm algorithm) {
        return new Cohort(balancing(algorithm), Ejection.NEVER);
    }

    static Cohort of(Balancing balancing) {
        return new Cohort(balancing, Ejection.NEVER);
    }

    static Balancing balancing(Balancing.Algorithm algorithm) {
        var usual = Balancing.DEFAULT;
        return new Balancing(algorithm, usual.hash(), usual.slowStart(), usual.panic(), StickyTarget.NONE);
    }

    private Balance.Terms terms(Balancing balancing, Ejection ejection) {
        return new Balance.Terms(
                balancing,
                ejection,
                (endpoint, before) -> watches.watch(endpoint, before),
                name -> "sealed-" + name,
                nanos::get,
                clock);
    }

    private void refresh() {
        balance.refresh();
        former.forEach(Balance::look);
    }

    /** Other settings, as after the swap of a configuration; the endpoints are the same, and somebody still has the former. */
    Cohort swap(Balancing balancing, Ejection ejection) {
        former.add(balance);
        balance = balance.next(terms(balancing, ejection));
        balance.candidates(candidates);
        return this;
    }

    Cohort watchedBy(Watch.Maker maker) {
        watches = maker;
        return this;
    }

    /** One a letter, all alike. */
    Cohort with(String letters) {
        letters.chars().mapToObj(Character::toString).forEach(letter -> add(letter, 1, 0));
        balance.candidates(candidates);
        return this;
    }

    Cohort with(String letter, double weight) {
        return with(letter, weight, 0);
    }

    Cohort with(String letter, double weight, int priority) {
        add(letter, weight, priority);
        balance.candidates(candidates);
        return this;
    }

    private void add(String letter, double weight, int priority) {
        candidates.add(new Candidate<>(endpoint(letter), letter, weight, priority, Target.State.ACTIVE));
    }

    Cohort without(String letter) {
        candidates.removeIf(candidate -> candidate.reach().equals(letter));
        balance.candidates(candidates);
        return this;
    }

    Cohort in(Target.State state, String letter) {
        candidates.replaceAll(candidate -> candidate.reach().equals(letter)
                ? new Candidate<>(candidate.endpoint(), letter, candidate.weight(), candidate.priority(), state)
                : candidate);
        balance.candidates(candidates);
        return this;
    }

    Endpoint endpoint(String letter) {
        return endpoints.computeIfAbsent(letter, name -> new Endpoint(new Endpoint.Key(name, null)));
    }

    Balance<String> balance() {
        return balance;
    }

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
        clock.advance(time);
    }

    /** For one that nobody knows. */
    Pick<String> pick() {
        return pick(Exchanges.get("/"));
    }

    Pick<String> pick(Exchange exchange) {
        var pick = balance.pick(exchange, null);
        if (pick == null) {
            throw new AssertionError("none can be used");
        }
        return pick;
    }

    /** Letters, in the order of as many requests, each over before the next. */
    String picks(int requests) {
        var letters = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            var pick = pick();
            letters.append(pick.reach());
            pick.answered(200);
            pick.end();
        }
        return letters.toString();
    }

    static int count(String letters, String letter) {
        return (int) letters.chars().filter(c -> c == letter.charAt(0)).count();
    }

    /** How many of so many requests each gets, each over before the next. */
    Map<String, Integer> shares(int requests) {
        var shares = new HashMap<String, Integer>();
        picks(requests).chars().forEach(c -> shares.merge(Character.toString(c), 1, Integer::sum));
        return shares;
    }

    static int share(Map<String, Integer> shares, String letter) {
        var share = shares.get(letter);
        return share == null ? 0 : share;
    }

    /** So many requests to it end like that. */
    void fail(String letter, Failure failure, int times) {
        IntStream.range(0, times).forEach(_ -> at(letter).failed(failure));
    }

    void answer(String letter, int status, int times) {
        IntStream.range(0, times).forEach(_ -> {
            var pick = at(letter);
            pick.answered(status);
            pick.end();
        });
    }

    /** A request that is there already. */
    Pick<String> at(String letter) {
        var candidate = candidates.stream()
                .filter(each -> each.reach().equals(letter))
                .findFirst()
                .orElseThrow();
        return new Pick<>(balance, candidate, null, nanos.get());
    }

    long ejected() {
        return candidates.stream()
                .filter(candidate -> candidate.endpoint().ejected() != null)
                .count();
    }

    /** Requests come until one meets it; all others are over at once. */
    Pick<String> pickOf(String letter) {
        for (int i = 0; i < 50; i++) {
            var pick = pick();
            if (pick.reach().equals(letter)) {
                return pick;
            }
            pick.answered(200);
            pick.end();
        }
        throw new AssertionError(letter + " is never picked");
    }
}
