package dev.gatehouse.node.quota;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How this node stands with the ledger and with Redis.
 *
 * @param accounts used lately
 * @param held units handed out to this node and not yet in the ledger
 * @param files with counts that wait for the ledger
 * @param drift units by which Redis and the ledger differ on what was used; empty where that could not be told
 * @param ledgerSilent how long ago the ledger has answered
 */
public record QuotaFigures(
        int accounts,
        long held,
        int files,
        OptionalLong drift,
        Duration ledgerSilent,
        boolean ledgerAway,
        boolean redisAway) {}
