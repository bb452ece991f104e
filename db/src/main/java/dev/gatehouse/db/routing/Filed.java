package dev.gatehouse.db.routing;

/** A route as the index holds it. */
public record Filed<T>(String name, Criteria criteria, T thing) {}
