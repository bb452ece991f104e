/** Publishing what somebody edited: what is asked before, what is said after, and what happens when two do so at once. */
@NullMarked
package dev.gatehouse.console.publish;

import org.jspecify.annotations.NullMarked;
