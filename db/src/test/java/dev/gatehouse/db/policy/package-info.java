/** Tests of the catalogue of policies. */
@NullMarked
package dev.gatehouse.db.policy;

import org.jspecify.annotations.NullMarked;
