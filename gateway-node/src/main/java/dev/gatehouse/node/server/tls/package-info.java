/** TLS on an accepted connection: which certificate a host is shown, whom it asks for one, and what that means for its requests. */
@NullMarked
package dev.gatehouse.node.server.tls;

import org.jspecify.annotations.NullMarked;
