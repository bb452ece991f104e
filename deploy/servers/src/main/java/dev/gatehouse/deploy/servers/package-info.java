/** A real PostgreSQL and a real Redis as child processes, and certificates issued on the spot: for one machine, and for tests. */
@NullMarked
package dev.gatehouse.deploy.servers;

import org.jspecify.annotations.NullMarked;
