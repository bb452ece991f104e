/** The view of limits, tried. */
@NullMarked
package dev.gatehouse.console.limit;

import org.jspecify.annotations.NullMarked;
