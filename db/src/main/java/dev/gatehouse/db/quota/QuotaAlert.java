package dev.gatehouse.db.quota;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A threshold that was crossed.
 *
 * @param attempts how often it was tried to tell it
 * @param sentAt when somebody was told, empty until then
 * @param trouble why the last attempt failed; empty when it did not
 * @param told names of the webhooks that have taken it
 */
public record QuotaAlert(
        long id,
        Account account,
        int percent,
        long used,
        long allowed,
        Instant at,
        int attempts,
        Optional<Instant> sentAt,
        String trouble,
        List<String> told) {

    public QuotaAlert {
        told = List.copyOf(told);
    }
}
