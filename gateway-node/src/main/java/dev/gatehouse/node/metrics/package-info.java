/** What this node says of itself in numbers, as Prometheus reads them. */
@NullMarked
package dev.gatehouse.node.metrics;

import org.jspecify.annotations.NullMarked;
