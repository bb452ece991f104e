/** The web console: where it starts and how its parts are put together. */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
