/** A real PostgreSQL and a real Redis as child processes: for one machine, and for tests. */
@NullMarked
package dev.gatehouse.deploy.servers;

import org.jspecify.annotations.NullMarked;
