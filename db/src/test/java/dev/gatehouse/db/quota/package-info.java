/** Tests of quotas. */
@NullMarked
package dev.gatehouse.db.quota;

import org.jspecify.annotations.NullMarked;
