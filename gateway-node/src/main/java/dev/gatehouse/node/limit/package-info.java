/** Counters shared with the other nodes through Redis, and what holds without it. */
@NullMarked
package dev.gatehouse.node.limit;

import org.jspecify.annotations.NullMarked;
