/** Records keep their own rules and those between them. */
@NullMarked
package dev.gatehouse.db.model;

import org.jspecify.annotations.NullMarked;
