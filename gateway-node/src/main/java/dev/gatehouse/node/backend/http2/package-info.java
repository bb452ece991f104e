/** HTTP/2 as a client: many exchanges over one connection, each with its own flow control (RFC 9113). */
@NullMarked
package dev.gatehouse.node.backend.http2;

import org.jspecify.annotations.NullMarked;
