/** Secrets: the text of an API key and what is kept of it, and the encryption of what must be stored whole. */
@NullMarked
package dev.gatehouse.db.key;

import org.jspecify.annotations.NullMarked;
