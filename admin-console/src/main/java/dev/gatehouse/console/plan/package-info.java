/** The view of plans: how much their subscribers may. */
@NullMarked
package dev.gatehouse.console.plan;

import org.jspecify.annotations.NullMarked;
