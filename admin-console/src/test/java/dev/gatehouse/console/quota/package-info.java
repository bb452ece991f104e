/** Tests of the view of quotas. */
@NullMarked
package dev.gatehouse.console.quota;

import org.jspecify.annotations.NullMarked;
