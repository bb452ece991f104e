package dev.gatehouse.db.model;

import java.util.UUID;

/**
 * Which configuration this is. Revisions count within an epoch; a restored database begins a new epoch.
 *
 * @param epoch drawn when the database is set up or restored
 * @param revision from 0, one more with every published change
 */
public record Version(UUID epoch, long revision) {}
