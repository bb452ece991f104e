package dev.gatehouse.db.model;

/** Where a route's requests end. */
public sealed interface Ending permits Forward, Redirect, Reply, SigningKeys {}
