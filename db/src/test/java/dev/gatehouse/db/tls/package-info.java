/** Certificates made on the spot, for tests. */
@NullMarked
package dev.gatehouse.db.tls;

import org.jspecify.annotations.NullMarked;
