/** What keeps a failing service from taking others with it, as an operator sets it: timeouts, retries, breakers, bulkheads, fallbacks. */
@NullMarked
package dev.gatehouse.db.resilience;

import org.jspecify.annotations.NullMarked;
