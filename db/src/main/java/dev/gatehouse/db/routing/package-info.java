/** Which route takes a request: patterns, conditions and the index over them, decided alike by node, console and the checks of a save. */
@NullMarked
package dev.gatehouse.db.routing;

import org.jspecify.annotations.NullMarked;
