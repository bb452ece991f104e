/** The view of webhooks: who is told of alerts, and whether it worked. */
@NullMarked
package dev.gatehouse.console.webhook;

import org.jspecify.annotations.NullMarked;
