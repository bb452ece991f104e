package dev.gatehouse.node.exchange;

import org.jspecify.annotations.Nullable;

/** What the names in a route's pattern stand for in one path: {@code id} is {@code 7} where {@code /users/{id}} took {@code /users/7}. */
public interface PathParameters {

    PathParameters NONE = _ -> null;

    /**
     * As it stands in the canonical path, percent-encoded.
     *
     * @return null where the pattern has no such name
     */
    @Nullable
    String get(String name);
}
