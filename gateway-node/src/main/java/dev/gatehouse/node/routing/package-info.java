/** From a request to the chain that serves it: the live table, its path tree, and the compiler that makes both from a snapshot. */
@NullMarked
package dev.gatehouse.node.routing;

import org.jspecify.annotations.NullMarked;
