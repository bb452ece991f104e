/** Live traffic in Redis: how nodes write it and the console reads it. */
@NullMarked
package dev.gatehouse.db.live;

import org.jspecify.annotations.NullMarked;
