/** What an operator configures: plain immutable records, and one consistent snapshot of them. */
@NullMarked
package dev.gatehouse.db.model;

import org.jspecify.annotations.NullMarked;
