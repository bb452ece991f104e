/** The text of an API key and what is kept of it. */
@NullMarked
package dev.gatehouse.db.key;

import org.jspecify.annotations.NullMarked;
