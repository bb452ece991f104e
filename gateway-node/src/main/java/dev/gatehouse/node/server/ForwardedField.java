package dev.gatehouse.node.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code Forwarded}: RFC 7239, 4. A comma or semicolon in quotes separates nothing: a host is the client's to choose, and
 * must not become a hop. A value that is more than a token, such as {@code host=a:80}, is taken without quotes too, as
 * many send it.
 */
final class ForwardedField {

    /** What a hop said of itself; empty what it did not say. */
    record Hop(String client, String proto) {}

    private ForwardedField() {}

    /** The hops over all lines, the nearest last. Empty when anything is malformed: then nothing can be believed. */
    static Optional<List<Hop>> hops(List<String> lines) {
        var hops = new ArrayList<Hop>();
        for (var line : lines) {
            var elements = split(line, ',');
            if (elements.isEmpty()) {
                return Optional.empty();
            }
            for (var element : elements.get()) {
                var hop = hop(element);
                if (hop.isEmpty()) {
                    return Optional.empty();
                }
                hops.add(hop.get());
            }
        }
        return Optional.of(hops);
    }

    private static Optional<Hop> hop(String element) {
        var parameters = new HashMap<String, String>();
        return split(element, ';')
                .filter(pairs -> pairs.stream().allMatch(pair -> add(parameters, pair)))
                .map(_ -> new Hop(parameters.getOrDefault("for", ""), parameters.getOrDefault("proto", "")));
    }

    /** Each parameter once, and whole. */
    private static boolean add(Map<String, String> parameters, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            return false;
        }
        var name = pair.substring(0, equals).toLowerCase(Locale.ROOT);
        var value = unquoted(pair.substring(equals + 1));
        return value.isPresent() && parameters.put(name, value.get()) == null;
    }

    /** Empty when quotes open or close anywhere but at both ends. */
    private static Optional<String> unquoted(String text) {
        if (text.indexOf('"') < 0) {
            return Optional.of(text);
        }
        var value = new StringBuilder();
        for (int at = 1; text.charAt(0) == '"' && at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at == text.length() - 1 ? Optional.of(value.toString()) : Optional.empty();
            }
            value.append(c == '\\' && at + 1 < text.length() ? text.charAt(++at) : c);
        }
        return Optional.empty();
    }

    /** The parts that are not blank, blanks around them left out. Empty when a quote stays open. */
    private static Optional<List<String>> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || (!quoted && text.charAt(at) == separator)) {
                var part = text.substring(start, at).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = at + 1;
            } else if (text.charAt(at) == '"') {
                quoted = !quoted;
            } else if (quoted && text.charAt(at) == '\\') {
                at++;
            }
        }
        return quoted ? Optional.empty() : Optional.of(parts);
    }
}
