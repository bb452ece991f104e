/** Tests of the catalogue of policies. */
@NullMarked
package dev.gatehouse.db.credential;

import org.jspecify.annotations.NullMarked;
