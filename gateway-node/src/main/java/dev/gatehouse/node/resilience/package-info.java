/** What keeps an outage small: circuit breakers, bulkheads, bounds that follow latency, retry budgets, and what a node sheds. */
@NullMarked
package dev.gatehouse.node.resilience;

import org.jspecify.annotations.NullMarked;
