package dev.gatehouse.console.entity;

import dev.gatehouse.db.model.Entity;

/** One thing as it is configured. */
public interface Thing {

    String name();

    Entity entity();

    /** The revision that changed it last. */
    long revision();
}
