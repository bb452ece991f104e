/** From a request to the chain that serves it: the live table, and the compiler that makes it from a snapshot. */
@NullMarked
package dev.gatehouse.node.routing;

import org.jspecify.annotations.NullMarked;
