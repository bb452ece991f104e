/** HTTP/2 from clients, RFC 9113: from the frames of one connection to exchanges and back, with a bound for everything a client may ask for. */
@NullMarked
package dev.gatehouse.node.server.http2;

import org.jspecify.annotations.NullMarked;
