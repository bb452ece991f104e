package dev.gatehouse.node.quota;

import java.time.Duration;

/**
 * How this node stands with the ledger and with Redis.
 *
 * @param accounts used lately
 * @param held units handed out to this node and not yet in the ledger
 * @param files with counts that wait for the ledger
 * @param ledgerSilent how long ago the ledger has answered
 */
public record QuotaFigures(
        int accounts, long held, int files, Duration ledgerSilent, boolean ledgerAway, boolean redisAway) {}
