/** The tests of the ledger, and the ledger as a test of nodes. */
@NullMarked
package dev.gatehouse.deploy.ledger;

import org.jspecify.annotations.NullMarked;
