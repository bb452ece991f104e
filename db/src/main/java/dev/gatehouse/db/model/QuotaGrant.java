package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Setting;
import java.time.Instant;

/** A bonus for one consumer: so much more of one quota, for a time. */
public record QuotaGrant(
        @Setting(
                label = "Quota",
                help = "Name of a quota of a plan or of a route that counts per consumer or per key.",
                format = Format.NAME)
        String quota,

        @Setting(
                label = "Amount",
                help = "How much more may be used in each period.",
                min = "1",
                max = "1000000000000",
                unit = "requests")
        long amount,

        @Setting(label = "Until", help = "When it ends. What was used of it then stays used.", format = Format.MOMENT)
        String until) {

    /** Does it hold at that moment? */
    public boolean holds(Instant now) {
        return Moments.read(until).filter(now::isBefore).isPresent();
    }
}
