/** The view of nodes: which carry the traffic, and whether each is well. */
@NullMarked
package dev.gatehouse.console.node;

import org.jspecify.annotations.NullMarked;
