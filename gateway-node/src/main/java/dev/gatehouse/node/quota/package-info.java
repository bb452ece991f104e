/** Long quotas: counted in a file of this node, spent from permits that Redis hands out, written to the ledger in PostgreSQL. */
@NullMarked
package dev.gatehouse.node.quota;

import org.jspecify.annotations.NullMarked;
