/** The catalogue of policies: one record each, its settings as data. */
@NullMarked
package dev.gatehouse.db.policy;

import org.jspecify.annotations.NullMarked;
