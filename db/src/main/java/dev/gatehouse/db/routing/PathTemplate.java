package dev.gatehouse.db.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path made of another one: {@code /v1/{id}} puts a parameter in, {@code /files/{rest**}} a tail, and {@code /new/**}
 * all that the pattern's open end took. Of a canonical path it makes a canonical path.
 */
public final class PathTemplate {

    /** The rule as words that complete "must be …". */
    public static final String RULE =
            "a path such as /users, /v1/users/{id} with a parameter of the route's path, or /users/** to append what lies beneath it";

    private static final String OPEN = "/**";

    /** @param text canonical, or the name of a parameter */
    private record Piece(String text, boolean parameter) {}

    private final String text;
    private final List<Piece> pieces;
    private final boolean open;
    private final String tail;

    private PathTemplate(String text, List<Piece> pieces, boolean open, String tail) {
        this.text = text;
        this.pieces = List.copyOf(pieces);
        this.open = open;
        this.tail = tail;
    }

    /** @throws IllegalArgumentException when no path can come of it; the message is a sentence that says why */
    public static PathTemplate of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("A path begins with a slash.");
        }
        boolean open = text.endsWith(OPEN);
        var pieces = new ArrayList<Piece>();
        var tail = "";
        int length = text.length() - (open ? OPEN.length() : 0);
        for (int from = 1; from <= length; ) {
            int to = text.indexOf('/', from);
            to = to < 0 || to > length ? length : to;
            var segment = text.substring(from, to);
            if (segment.isEmpty() && (to < length || open)) {
                throw new IllegalArgumentException("Two slashes in a row are not taken.");
            }
            pieces.add(new Piece("/", false));
            if (segment.endsWith("**}") && segment.startsWith("{") && to == text.length()) {
                tail = segment.substring(1, segment.length() - 3);
                pieces.add(new Piece(tail, true));
            } else {
                split(segment, pieces);
            }
            from = to + 1;
        }
        return new PathTemplate(text, pieces, open, tail);
    }

    /** What is wrong with the text; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("'" + text + "' is refused: must be " + RULE + ". " + e.getMessage());
        }
    }

    private static void split(String segment, List<Piece> pieces) {
        if (!segment.contains("{")) {
            pieces.add(new Piece(CanonicalText.segment(segment), false));
            return;
        }
        for (int from = 0; from < segment.length(); ) {
            int brace = segment.indexOf('{', from);
            int to = brace < 0 ? segment.length() : brace;
            if (to > from) {
                // a dot alone is no dot segment beside a parameter, which is never empty
                var literal = segment.substring(from, to);
                pieces.add(new Piece(literal.matches("\\.+") ? literal : CanonicalText.segment(literal), false));
            }
            from = to;
            if (brace >= 0) {
                int close = segment.indexOf('}', brace);
                var name = close < 0 ? "" : segment.substring(brace + 1, close);
                if (!PathPattern.isName(name)) {
                    throw new IllegalArgumentException("A parameter is written {name}, a tail {name**} at the end.");
                }
                pieces.add(new Piece(name, true));
                from = close + 1;
            }
        }
    }

    /** Why it cannot be filled from paths that the pattern takes; empty when it can. */
    public Optional<String> problemWith(PathPattern pattern) {
        if (open && !pattern.open()) {
            return Optional.of("'" + text + "' ends in /** but the route's path '" + pattern + "' does not.");
        }
        for (var piece : pieces) {
            if (piece.parameter && !pattern.names().contains(piece.text)) {
                return Optional.of("'" + text + "' names {" + piece.text + "}, which the route's path '" + pattern
                        + "' does not have.");
            }
            boolean isTail = pattern.end() == PathPattern.End.TAIL
                    && pattern.names().getLast().equals(piece.text);
            if (piece.parameter && isTail != piece.text.equals(tail)) {
                return Optional.of(
                        isTail
                                ? "The tail {" + piece.text + "**} can only be the end, written as there."
                                : "{" + piece.text + "} is one segment in the route's path, no tail.");
            }
        }
        return Optional.empty();
    }

    /**
     * @param pattern one that {@link #problemWith} has nothing against
     * @param path canonical, taken by the pattern
     */
    public String fill(PathPattern pattern, String path) {
        var filled = new StringBuilder();
        for (var piece : pieces) {
            filled.append(piece.parameter ? pattern.parameter(path, piece.text) : piece.text);
        }
        if (open) {
            filled.append(pattern.beneath(path));
        }
        return filled.isEmpty() ? "/" : filled.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
