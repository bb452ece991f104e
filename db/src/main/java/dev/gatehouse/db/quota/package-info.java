/** Long quotas: the periods in which they count, and what was counted. */
@NullMarked
package dev.gatehouse.db.quota;

import org.jspecify.annotations.NullMarked;
