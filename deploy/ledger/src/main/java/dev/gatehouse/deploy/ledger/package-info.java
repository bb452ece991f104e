/** Drives requests through several nodes and holds what came through against what the limit allows. */
@NullMarked
package dev.gatehouse.deploy.ledger;

import org.jspecify.annotations.NullMarked;
