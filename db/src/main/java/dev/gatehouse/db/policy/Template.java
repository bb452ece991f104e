package dev.gatehouse.db.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A text in which {@code {name}} stands for a value of the request; {@code {{} and {@code }}} are the braces themselves.
 *
 * @param parts in order
 */
public record Template(List<Part> parts) {

    /** What any route knows, beside the parameters of its path. */
    public static final List<String> ALWAYS = List.of("client.address", "consumer", "host", "request.id");

    /** A piece of it. */
    public sealed interface Part {}

    /** As it stands. */
    public record Literal(String text) implements Part {}

    /** To be filled in. */
    public record Name(String name) implements Part {}

    public Template {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException when a brace has no partner; the message says which */
    public static Template of(String text) {
        var parts = new ArrayList<Part>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                literal.append(c);
                i++;
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                var name = end < 0 ? "" : text.substring(i + 1, end);
                if (name.isEmpty() || name.contains("{")) {
                    throw new IllegalArgumentException("A { is not closed; a brace itself is written {{.");
                }
                literal(literal, parts);
                parts.add(new Name(name.endsWith("**") ? name.substring(0, name.length() - 2) : name));
                i = end;
            } else if (c == '}') {
                throw new IllegalArgumentException("A } was never opened; a brace itself is written }}.");
            } else {
                literal.append(c);
            }
        }
        literal(literal, parts);
        return new Template(parts);
    }

    private static void literal(StringBuilder text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Literal(text.toString()));
            text.setLength(0);
        }
    }

    /**
     * What keeps a text from being one.
     *
     * @param parameters of the route's path
     */
    public static Optional<String> problem(String text, Collection<String> parameters) {
        try {
            return of(text).parts.stream()
                    .flatMap(part -> part instanceof Name(String name) ? Stream.of(name) : Stream.empty())
                    .filter(name -> !ALWAYS.contains(name) && !parameters.contains(name))
                    .findFirst()
                    .map(name -> "{" + name + "} is not known here. Known: "
                            + String.join(
                                    ", ",
                                    Stream.concat(parameters.stream(), ALWAYS.stream())
                                            .toList())
                            + ".");
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
