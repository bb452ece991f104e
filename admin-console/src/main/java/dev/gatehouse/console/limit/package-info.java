/** The view of limits: who is refused now and by which limit, what each consumer has left, and a way to raise it. */
@NullMarked
package dev.gatehouse.console.limit;

import org.jspecify.annotations.NullMarked;
