package dev.gatehouse.db.recognition;

import com.google.re2j.Pattern;
import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.routing.RequestFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells of which type a client is. Immutable. */
public final class ClientTypes {

    private final List<Compiled> types;

    private record Compiled(String name, List<Predicate<RequestFacts>> signs) {}

    /** @param types by name; they are tried by priority, the larger first, then by name */
    public ClientTypes(Map<String, ClientType> types) {
        this.types = types.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, ClientType> type) ->
                                -type.getValue().priority())
                        .thenComparing(Map.Entry::getKey))
                .map(type -> new Compiled(
                        type.getKey(),
                        type.getValue().recognisedBy().stream()
                                .map(ClientTypes::compiled)
                                .toList()))
                .toList();
    }

    /** The first type that the request shows a sign of; null when it shows none. */
    public @Nullable String of(RequestFacts facts) {
        for (var type : types) {
            for (var sign : type.signs) {
                if (sign.test(facts)) {
                    return type.name;
                }
            }
        }
        return null;
    }

    private static Predicate<RequestFacts> compiled(ClientSign sign) {
        return switch (sign) {
            case ClientSign.ByConsumer(var consumers) -> {
                var names = Set.copyOf(consumers);
                yield facts -> {
                    var consumer = facts.consumer();
                    return consumer != null && names.contains(consumer);
                };
            }
            case ClientSign.ByHeader(var name, var is, var matches) -> {
                var text = matches.isEmpty() ? is(is) : matches(matches);
                yield facts -> holds(text, facts.header(name));
            }
            case ClientSign.ByUserAgent(var contains, var matches) -> {
                var text = matches.isEmpty() ? contains(contains) : matches(matches);
                yield facts -> holds(text, facts.header("User-Agent"));
            }
            case ClientSign.ByTlsSubject(var contains, var matches) -> {
                var text = matches.isEmpty() ? contains(contains) : matches(matches);
                yield facts -> holds(text, facts.subject());
            }
        };
    }

    private static boolean holds(Predicate<String> text, @Nullable String value) {
        return value != null && text.test(value);
    }

    private static Predicate<String> is(String wanted) {
        return wanted.isEmpty() ? _ -> true : wanted::equals;
    }

    private static Predicate<String> contains(String part) {
        var lower = part.toLowerCase(Locale.ROOT);
        return value -> value.toLowerCase(Locale.ROOT).contains(lower);
    }

    private static Predicate<String> matches(String expression) {
        var pattern = Pattern.compile(expression);
        return value -> pattern.matcher(value).matches();
    }
}
