package dev.gatehouse.console.listing;

import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one view lists, and what it opens beside. */
public interface Screen<T> {

    /** Unique, and part of the address. */
    String name(T item);

    /** All there are, in order; none where the list reads {@link Pages}; may throw while they cannot be read. */
    List<T> items(Fleet fleet);

    /** The one that is open, among those that {@link #items} gave or wherever it is found. */
    default Optional<T> item(String name, List<T> items) {
        return items.stream().filter(item -> name(item).equals(name)).findFirst();
    }

    /** Makes what stands beside the list; {@link Detail#show} follows. */
    Detail<T> open(String name);

    /**
     * Makes the form for a new thing.
     *
     * @param preset what else the address says, by parameter
     */
    default Optional<Detail<T>> create(Map<String, String> preset) {
        return Optional.empty();
    }

    /** Does what is listed change even while the configuration does not? */
    default boolean moves() {
        return false;
    }

    /** Is there more to show than at that version? */
    default boolean changed(Version shown, Fleet now) {
        return moves() || !now.version().equals(shown);
    }
}
