package dev.gatehouse.node.resilience;

import dev.gatehouse.db.resilience.Breaker;
import dev.gatehouse.db.resilience.Concurrency;
import dev.gatehouse.db.resilience.ServiceResilience;
import dev.gatehouse.db.store.ServiceState;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All breakers, bulkheads and budgets of a node. What is asked for by the same name and equal settings is the same
 * object, for as long as somebody uses it: so its state outlives a configuration, and two routes share a service's.
 */
public final class Guards {

    private static final String CIRCUIT = "Circuit";
    private static final String BULKHEAD = "Bulkhead";

    private record Key(String name, Record settings) {}

    /** What {@link #problems} tells of: a name for people, and what it belongs to. */
    private record Known(String title, WeakReference<Object> guard) {}

    /** What bounds the requests of a service. */
    private record Bounds(Concurrency bulkhead, Record adaptive) {}

    private final Map<Key, Known> all = new ConcurrentHashMap<>();
    /** The latest of each service that is in use, by name. */
    private final Map<String, WeakReference<ServiceGuard>> services = new ConcurrentHashMap<>();

    private final LongSupplier nanos;

    public Guards() {
        this(System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    Guards(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What protects a service and those who use it. */
    public ServiceGuard service(String name, ServiceResilience settings) {
        var title = title(name);
        var breaker = settings.breaker();
        var guard = new ServiceGuard(
                breaker.active() ? breaker(title, breaker) : null,
                concurrency(title, settings),
                kept("", title, settings.retryBudget(), () -> new Budget(settings.retryBudget(), nanos)));
        services.values().removeIf(former -> former.get() == null);
        services.put(name, new WeakReference<>(guard));
        return guard;
    }

    /** The breaker of one target of a service. */
    public CircuitBreaker target(String service, String target, Breaker settings) {
        return breaker("target " + target + " of " + title(service), settings);
    }

    /** What all requests of a route share; null where it has no bound. */
    public @Nullable Bulkhead route(String name, Concurrency settings) {
        return settings.requests() == 0
                ? null
                : kept(BULKHEAD, "route '" + name + "'", settings, () -> bulkhead(settings));
    }

    /** One sentence for each that holds requests back. */
    public List<String> problems() {
        return all.values().stream()
                .flatMap(known -> sentence(known).stream())
                .sorted()
                .toList();
    }

    /** What keeps each service from harm, and how full it is; by name. */
    public List<ServiceState> states() {
        return services.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(service ->
                        Stream.ofNullable(service.getValue().get()).map(guard -> guard.told(service.getKey())))
                .filter(state -> state.circuit().isPresent() || state.room().isPresent())
                .toList();
    }

    /** How many services are known. */
    int services() {
        return services.size();
    }

    private static String title(String service) {
        return "service '" + service + "'";
    }

    private CircuitBreaker breaker(String title, Breaker settings) {
        return kept(CIRCUIT, title, settings, () -> new CircuitBreaker(settings, nanos));
    }

    private @Nullable Room concurrency(String title, ServiceResilience settings) {
        if (settings.bulkhead().requests() == 0 && !settings.adaptive().active()) {
            return null;
        }
        return kept(
                BULKHEAD,
                title,
                new Bounds(settings.bulkhead(), settings.adaptive()),
                () -> new Room(settings.bulkhead(), settings.adaptive(), nanos.getAsLong()));
    }

    static Bulkhead bulkhead(Concurrency settings) {
        long requests = settings.requests() == 0 ? Integer.MAX_VALUE : settings.requests();
        return new Bulkhead((int) requests, (int) settings.queue(), settings.longestWait());
    }

    @SuppressWarnings("unchecked")
    private synchronized <T> T kept(String what, String title, Record settings, Supplier<T> fresh) {
        all.values().removeIf(known -> known.guard.get() == null);
        var key = new Key(what + title, settings);
        var known = all.get(key);
        var guard = known == null ? null : known.guard.get();
        if (guard != null) {
            return (T) guard;
        }
        var made = fresh.get();
        all.put(key, new Known(title, new WeakReference<>(made)));
        return made;
    }

    private static Stream<String> sentences(@Nullable Object guard, String title) {
        return switch (guard) {
            case CircuitBreaker breaker ->
                breaker.trouble().stream()
                        .map(told ->
                                "The circuit of " + title + " is open since " + told.since() + ": " + told.why() + ".");
            case Room room when room.bulkhead().full() -> Stream.of(full(title));
            case Bulkhead bulkhead when bulkhead.full() -> Stream.of(full(title));
            case null, default -> Stream.empty();
        };
    }

    private static List<String> sentence(Known known) {
        return sentences(known.guard.get(), known.title).toList();
    }

    private static String full(String title) {
        return "All requests that " + title + " may have at once are running; others are refused.";
    }
}
