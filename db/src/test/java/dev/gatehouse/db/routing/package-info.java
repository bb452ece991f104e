/** Tests of which route takes a request. */
@NullMarked
package dev.gatehouse.db.routing;

import org.jspecify.annotations.NullMarked;
