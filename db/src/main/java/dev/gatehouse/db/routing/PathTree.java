package dev.gatehouse.db.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A place in the paths of one host, and what is filed there. Built by one thread, then only read. */
final class PathTree<T> {

    private static final Filed<?>[] NOTHING = {};

    private @Nullable TextTable<PathTree<T>> literals;
    private @Nullable PathTree<T> parameter;
    private Filed<T>[] exact = nothing();
    private Filed<T>[] tail = nothing();
    private Filed<T>[] open = nothing();

    @SuppressWarnings("unchecked") // an empty array holds nothing of another type
    private static <T> Filed<T>[] nothing() {
        return (Filed<T>[]) NOTHING;
    }

    /** @param filed behind all that are there already: to be called in the order of precedence */
    void add(Filed<T> filed) {
        var pattern = filed.criteria().path();
        var place = this;
        for (var segment : pattern.segments()) {
            place = segment.parameter() ? place.parameter() : place.literal(segment.text());
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
        if (literals == null) {
            literals = new TextTable<>();
        }
        var place = literals.get(text);
        if (place == null) {
            place = new PathTree<>();
            literals.put(text, place);
        }
        return place;
    }

    private static <T> Filed<T>[] appended(Filed<T>[] before, Filed<T> last) {
        var after = java.util.Arrays.copyOf(before, before.length + 1);
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
        if (literals != null) {
            var place = literals.get(path, from + 1, end);
            if (place != null && place.search(search, path, end)) {
                return true;
            }
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
        if (literals != null) {
            var below = new ArrayList<PathTree<T>>();
            literals.forEach((_, place) -> below.add(place));
            below.forEach(place -> place.forEachPlace(action));
        }
    }
}
