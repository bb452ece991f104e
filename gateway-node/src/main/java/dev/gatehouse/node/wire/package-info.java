/** HTTP/1.1 on the wire, both directions: one strict codec over plain streams, which knows no socket and no server. */
@NullMarked
package dev.gatehouse.node.wire;

import org.jspecify.annotations.NullMarked;
