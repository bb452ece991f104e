/** The view of routes: which requests are taken, what they must pass, and where they go. */
@NullMarked
package dev.gatehouse.console.route;

import org.jspecify.annotations.NullMarked;
