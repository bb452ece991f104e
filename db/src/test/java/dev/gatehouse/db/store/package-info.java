/** Configuration is published to a real PostgreSQL by several authors at once. */
@NullMarked
package dev.gatehouse.db.store;

import org.jspecify.annotations.NullMarked;
