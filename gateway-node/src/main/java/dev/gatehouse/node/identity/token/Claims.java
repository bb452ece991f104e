package dev.gatehouse.node.identity.token;

import dev.gatehouse.db.credential.ClaimRule;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what an issuer says: values as JSON has them. */
public final class Claims {

    private Claims() {}

    /** The claim of that name, else what a way with dots leads to; null when there is none. */
    public static @Nullable Object value(Map<String, Object> claims, String name) {
        var whole = claims.get(name);
        int dot = whole == null ? name.indexOf('.') : -1;
        if (dot < 0) {
            return whole;
        }
        for (; dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> within) {
                return value(texts(within), name.substring(dot + 1));
            }
        }
        return null;
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue));
    }

    /** The values of a claim as texts: those of a list, else the one; none where there is no claim. */
    public static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Collection<?> list -> list.stream().map(Claims::text).toList();
            default -> List.of(text(value));
        };
    }

    /** Numbers without a fraction as they are written. */
    private static String text(@Nullable Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : String.valueOf(value);
    }

    /** RFC 8693, 4.2: a text with blanks between, or what many write instead: a list. */
    static Set<String> scopes(@Nullable Object value) {
        return value instanceof String text
                ? Arrays.stream(text.split(" ", -1))
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.copyOf(texts(value));
    }

    public static boolean fulfil(Map<String, Object> claims, ClaimRule rule) {
        var value = value(claims, rule.name());
        return value != null
                && (rule.values().isEmpty() || texts(value).stream().anyMatch(rule.values()::contains));
    }
}
