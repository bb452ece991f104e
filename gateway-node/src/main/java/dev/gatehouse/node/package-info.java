/** A stateless gateway node: {@link dev.gatehouse.node.Main} wires it, and shows how. */
@NullMarked
package dev.gatehouse.node;

import org.jspecify.annotations.NullMarked;
