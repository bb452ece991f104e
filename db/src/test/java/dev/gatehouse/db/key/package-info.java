/** Keys are made, mistyped and hashed. */
@NullMarked
package dev.gatehouse.db.key;

import org.jspecify.annotations.NullMarked;
