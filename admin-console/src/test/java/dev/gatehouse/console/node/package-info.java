/** Nodes, seen and forgotten. */
@NullMarked
package dev.gatehouse.console.node;

import org.jspecify.annotations.NullMarked;
