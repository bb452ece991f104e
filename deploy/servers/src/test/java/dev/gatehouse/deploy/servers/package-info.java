/** Servers are started, killed, paused and met again. */
@NullMarked
package dev.gatehouse.deploy.servers;

import org.jspecify.annotations.NullMarked;
