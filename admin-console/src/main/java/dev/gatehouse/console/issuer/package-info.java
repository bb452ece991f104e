/** The view of issuers: who says who is calling, by tokens. */
@NullMarked
package dev.gatehouse.console.issuer;

import org.jspecify.annotations.NullMarked;
