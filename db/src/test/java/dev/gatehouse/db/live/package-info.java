/** Traffic is counted into a real Redis and read back. */
@NullMarked
package dev.gatehouse.db.live;

import org.jspecify.annotations.NullMarked;
