/** Environment variables: one catalogue for all programs. */
@NullMarked
package dev.gatehouse.db.environment;

import org.jspecify.annotations.NullMarked;
