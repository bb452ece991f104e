package dev.gatehouse.db.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which paths are taken: {@code /a/b} itself; {@code /users/{id}} with any one segment in that place;
 * {@code /files/{rest**}} with whatever follows the slash; {@code /a/**} for {@code /a} and everything beneath it.
 */
public final class PathPattern {

    /** The rule as words that complete "must be …". */
    public static final String RULE =
            "a path such as /api/users, /users/{id} for any one segment, /files/{rest**} for everything beneath, or /api/** for itself and everything beneath";

    enum End {
        /** Nothing more. */
        EXACT,
        /** A slash and whatever follows. */
        TAIL,
        /** Nothing, or a slash and whatever follows. */
        OPEN
    }

    /** @param text canonical; the parameter's name where it is one */
    record Segment(String text, boolean parameter) {}

    private static final String OPEN = "/**";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    private final String text;
    private final List<Segment> segments;
    private final End end;
    private final List<String> names;

    private PathPattern(String text, List<Segment> segments, End end, List<String> names) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.end = end;
        this.names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException when no path can match; the message is a sentence that says why */
    public static PathPattern of(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("A path begins with a slash.");
        }
        var end = text.endsWith(OPEN) ? End.OPEN : End.EXACT;
        var segments = new ArrayList<Segment>();
        var names = new ArrayList<String>();
        int length = text.length() - (end == End.OPEN ? OPEN.length() : 0);
        for (int from = 1; from <= length; ) {
            int to = text.indexOf('/', from);
            to = to < 0 || to > length ? length : to;
            var written = text.substring(from, to);
            var name = parameter(written);
            if (name == null) {
                if (written.isEmpty() && (to < length || end == End.OPEN)) {
                    throw new IllegalArgumentException("Two slashes in a row are not taken.");
                }
                segments.add(new Segment(CanonicalText.segment(written), false));
            } else {
                if (names.contains(name)) {
                    throw new IllegalArgumentException("Two parameters have the name '" + name + "'.");
                }
                names.add(name);
                if (written.endsWith("**}")) {
                    if (to < text.length()) {
                        throw new IllegalArgumentException("Nothing can follow {" + name + "**}.");
                    }
                    end = End.TAIL;
                } else {
                    segments.add(new Segment(name, true));
                }
            }
            from = to + 1;
        }
        return new PathPattern(text, segments, end, names);
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

    /** The name in braces; null for plain text. */
    private static @Nullable String parameter(String segment) {
        if (!segment.contains("{") && !segment.contains("}")) {
            return null;
        }
        var name = segment.startsWith("{") && segment.endsWith("}") ? segment.substring(1, segment.length() - 1) : "";
        name = name.endsWith("**") ? name.substring(0, name.length() - 2) : name;
        if (!isName(name)) {
            throw new IllegalArgumentException("A parameter is a whole segment, {name} or at the end {name**}, "
                    + "its name letters, digits, hyphens and underscores.");
        }
        return name;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Does it take what is beneath some path? */
    public boolean open() {
        return end != End.EXACT;
    }

    /** The names of its parameters, in their order. */
    public List<String> names() {
        return names;
    }

    List<Segment> segments() {
        return segments;
    }

    End end() {
        return end;
    }

    /**
     * What one of its parameters is in a path that it takes, percent-encoded as it stands there.
     *
     * @return null when it has no such parameter
     */
    public @Nullable String parameter(String path, String name) {
        int from = 1;
        for (var segment : segments) {
            int to = path.indexOf('/', from);
            if (segment.parameter && segment.text.equals(name)) {
                return path.substring(from, to < 0 ? path.length() : to);
            }
            from = (to < 0 ? path.length() : to) + 1;
        }
        return end == End.TAIL && names.getLast().equals(name) ? path.substring(from) : null;
    }

    /** What its open end takes of a path that it takes: empty, or a slash and all behind it. */
    String beneath(String path) {
        int from = 0;
        for (int i = 0; i < segments.size(); i++) {
            int to = path.indexOf('/', from + 1);
            from = to < 0 ? path.length() : to;
        }
        return path.substring(from);
    }

    /** A path that it takes: each parameter is its own name. */
    public String example() {
        var path = new StringBuilder();
        for (var segment : segments) {
            path.append('/').append(segment.text);
        }
        if (end == End.TAIL) {
            path.append('/').append(names.getLast());
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
