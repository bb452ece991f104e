/** HPACK, RFC 7541: field blocks of HTTP/2 to fields and back, bounded and byte for byte. */
@NullMarked
package dev.gatehouse.node.wire.hpack;

import org.jspecify.annotations.NullMarked;
