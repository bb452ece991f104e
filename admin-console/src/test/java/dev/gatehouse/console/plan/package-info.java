/** The view of plans, tried. */
@NullMarked
package dev.gatehouse.console.plan;

import org.jspecify.annotations.NullMarked;
