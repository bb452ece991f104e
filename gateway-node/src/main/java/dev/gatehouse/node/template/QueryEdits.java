package dev.gatehouse.node.template;

import dev.gatehouse.db.policy.QueryValue;
import dev.gatehouse.node.exchange.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets and removes parameters of a query; what is not named stays octet for octet. */
public final class QueryEdits {

    private record Parameter(String name, ValueTemplate value) {}

    private final List<Parameter> set;
    private final Set<String> gone;

    /**
     * @param set each takes the place of all of its name, at the end
     * @param remove names, not encoded
     */
    public QueryEdits(List<QueryValue> set, Collection<String> remove) {
        this.set = set.stream()
                .map(value -> new Parameter(encoded(value.name()), ValueTemplate.of(value.value())))
                .toList();
        gone = new HashSet<>(remove);
        set.forEach(value -> gone.add(value.name()));
    }

    public boolean isEmpty() {
        return gone.isEmpty();
    }

    /** @param query raw; null for none, as is what comes of it */
    public @Nullable String apply(@Nullable String query, Exchange exchange) {
        if (isEmpty()) {
            return query;
        }
        var kept = new ArrayList<String>();
        if (query != null && !query.isEmpty()) {
            for (var parameter : query.split("&", -1)) {
                if (!gone.contains(name(parameter))) {
                    kept.add(parameter);
                }
            }
        }
        for (var parameter : set) {
            kept.add(parameter.name + "=" + encoded(parameter.value.fillDecoded(exchange)));
        }
        return kept.isEmpty() ? null : String.join("&", kept);
    }

    /** As a service reads it; what is not well encoded is not one of ours. */
    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        var name = equals < 0 ? parameter : parameter.substring(0, equals);
        try {
            return name.indexOf('%') < 0 && name.indexOf('+') < 0
                    ? name
                    : URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** Nothing but unreserved characters and encodings: no value can begin another parameter. */
    private static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
            }
        }
        return encoded.toString();
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
