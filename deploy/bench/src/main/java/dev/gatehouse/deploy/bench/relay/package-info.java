/** The yardstick: what a relay on the JVM costs that does nothing but relay. */
@NullMarked
package dev.gatehouse.deploy.bench.relay;

import org.jspecify.annotations.NullMarked;
