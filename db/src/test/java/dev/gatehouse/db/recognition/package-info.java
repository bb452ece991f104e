/** Tests of versions and client types. */
@NullMarked
package dev.gatehouse.db.recognition;

import org.jspecify.annotations.NullMarked;
