/** The view of quotas: who has used how much, how long it lasts, and whether the books agree. */
@NullMarked
package dev.gatehouse.console.quota;

import org.jspecify.annotations.NullMarked;
