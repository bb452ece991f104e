package dev.gatehouse.db.quota;

import java.util.Locale;

/** How long a quota counts before it begins anew. */
public enum Every {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    CUSTOM;

    /** As it is written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
