/** Who is calling: what a request shows to prove it, checked by kind, and what becomes of a request that proves nothing. */
@NullMarked
package dev.gatehouse.node.authentication;

import org.jspecify.annotations.NullMarked;
