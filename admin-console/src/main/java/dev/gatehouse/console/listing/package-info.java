/** A list beside the thing that is open: what is in the address is what is seen. */
@NullMarked
package dev.gatehouse.console.listing;

import org.jspecify.annotations.NullMarked;
