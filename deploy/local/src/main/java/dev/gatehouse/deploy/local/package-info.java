/** Everything on one machine: what {@code deploy/run} starts, watches and ends. */
@NullMarked
package dev.gatehouse.deploy.local;

import org.jspecify.annotations.NullMarked;
