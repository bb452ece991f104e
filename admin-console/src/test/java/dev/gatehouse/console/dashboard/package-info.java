/** The dashboard in each of its states. */
@NullMarked
package dev.gatehouse.console.dashboard;

import org.jspecify.annotations.NullMarked;
