package dev.gatehouse.db.routing;

/** Something that a route asks of a request beside host, path and method. Its text completes "asks for …". */
public interface Condition {

    /** Where it counts when two routes take the same path: header conditions first, then query, then the others. */
    enum Weight {
        HEADER,
        QUERY,
        OTHER
    }

    boolean holds(RequestFacts facts);

    default Weight weight() {
        return Weight.OTHER;
    }

    /**
     * Is it proven that no request fulfils both? One of the two has to know; false where nothing is proven.
     *
     * @param other of any kind
     */
    default boolean excludes(Condition other) {
        return false;
    }

    /** Makes the request fulfil it, where that is easy: what comes of it is checked. */
    default void fulfil(ExampleRequest request) {}
}
