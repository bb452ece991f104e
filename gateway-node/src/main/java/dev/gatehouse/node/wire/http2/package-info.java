/** What both sides of HTTP/2 have in common: RFC 9113. */
@NullMarked
package dev.gatehouse.node.wire.http2;

import org.jspecify.annotations.NullMarked;
