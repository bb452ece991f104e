package dev.gatehouse.db.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place in the paths of one host, and what is filed there. Built by one thread, then only read.
 *
 * <p>The places behind a literal are found by the hash of its text, and each holds its own text: a step down reads as
 * little memory as can be, which is most of what it costs among ten thousand routes.
 */
final class PathTree<T> {

    private static final Filed<?>[] NOTHING = {};
    private static final PathTree<?>[] NO_PLACES = {};

    /** The literal that leads here; empty for the first place and behind a parameter. */
    private final String literal;

    private final int hash;

    /** A power of two of which at least a quarter is free, or none. */
    private @Nullable PathTree<T>[] literals = noPlaces();

    private int literalCount;
    private @Nullable PathTree<T> parameter;
    private Filed<T>[] exact = nothing();
    private Filed<T>[] tail = nothing();
    private Filed<T>[] open = nothing();

    PathTree() {
        this("");
    }

    private PathTree(String literal) {
        this.literal = literal;
        this.hash = hash(literal, 0, literal.length());
    }

    @SuppressWarnings("unchecked") // an empty array holds nothing of another type
    private static <T> Filed<T>[] nothing() {
        return (Filed<T>[]) NOTHING;
    }

    @SuppressWarnings("unchecked") // likewise
    private static <T> @Nullable PathTree<T>[] noPlaces() {
        return (PathTree<T>[]) NO_PLACES;
    }

    /**
     * @param filed behind all that are there already: to be called in the order of precedence
     * @param texts one copy of each literal for all trees: hosts with the same paths then read the same few
     */
    void add(Filed<T> filed, Map<String, String> texts) {
        var pattern = filed.criteria().path();
        var place = this;
        for (var segment : pattern.segments()) {
            place = segment.parameter()
                    ? place.parameter()
                    : place.literal(texts.computeIfAbsent(segment.text(), text -> text));
        }
        switch (pattern.end()) {
            case EXACT -> place.exact = appended(place.exact, filed);
            case TAIL -> place.tail = appended(place.tail, filed);
            case OPEN -> place.open = appended(place.open, filed);
        }
    }

    private PathTree<T> parameter() {
        if (parameter == null) {
            parameter = new PathTree<>();
        }
        return parameter;
    }

    private PathTree<T> literal(String text) {
        var known = behind(text, 0, text.length());
        if (known != null) {
            return known;
        }
        var place = new PathTree<T>(text);
        if (++literalCount * 4 > literals.length * 3) {
            var before = literals;
            literals = Arrays.copyOf(PathTree.<T>noPlaces(), Math.max(2, before.length * 2));
            for (var moved : before) {
                if (moved != null) {
                    put(moved);
                }
            }
        }
        put(place);
        return place;
    }

    private void put(PathTree<T> place) {
        int at = place.hash & (literals.length - 1);
        while (literals[at] != null) {
            at = (at + 1) & (literals.length - 1);
        }
        literals[at] = place;
    }

    /** The place behind that piece of a path as a literal; null when there is none. */
    private @Nullable PathTree<T> behind(String path, int from, int to) {
        if (literals.length == 0) {
            return null;
        }
        int sought = hash(path, from, to);
        for (int at = sought; ; at++) {
            var place = literals[at & (literals.length - 1)];
            if (place == null
                    || (place.hash == sought
                            && place.literal.length() == to - from
                            && path.startsWith(place.literal, from))) {
                return place;
            }
        }
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash ^ (hash >>> 15);
    }

    private static <T> Filed<T>[] appended(Filed<T>[] before, Filed<T> last) {
        var after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = last;
        return after;
    }

    /**
     * Shows all that takes the path, the most specific first: from the left literal before parameter before tail before
     * open. Each place is visited once at most, since a place has one way to it.
     *
     * @param from where in the path the rest begins: at a slash or the end
     * @return whether the search is over
     */
    boolean search(Search<T> search, String path, int from) {
        search.visited++;
        if (from >= path.length()) {
            return search.ends(exact) || search.ends(open);
        }
        int slash = path.indexOf('/', from + 1);
        int end = slash < 0 ? path.length() : slash;
        var place = behind(path, from + 1, end);
        if (place != null && place.search(search, path, end)) {
            return true;
        }
        if (parameter != null && end > from + 1 && parameter.search(search, path, end)) {
            return true;
        }
        return search.ends(tail) || search.ends(open);
    }

    /** What takes the server as a whole, {@code *}. */
    boolean searchServer(Search<T> search) {
        return search.ends(open);
    }

    /** Each list of things with the same path, in the order of precedence. */
    void forEachPlace(Consumer<List<Filed<T>>> action) {
        action.accept(List.of(exact));
        action.accept(List.of(tail));
        action.accept(List.of(open));
        if (parameter != null) {
            parameter.forEachPlace(action);
        }
        for (var place : literals) {
            if (place != null) {
                place.forEachPlace(action);
            }
        }
    }
}
