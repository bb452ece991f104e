package dev.gatehouse.console.key;

import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;

/** What is said when a key is issued. */
record KeyOrder(
        @Setting(label = "Consumer", help = "Who will call with it.", format = Format.NAME)
        String consumer,

        @Setting(
                label = "Name",
                help = "Tells the consumer's keys apart, such as production or laptop-anna.",
                format = Format.NAME)
        String name,

        @Setting(
                label = "Valid for",
                help = "After that it is refused. A key can be revoked at any time.",
                fallback = "until revoked")
        Lifetime lifetime,

        @Setting(label = "What it is for", help = "Without any of this it opens all that its consumer may use.")
        KeyTerms terms,

        @Setting(label = "More", help = "A later beginning; several keys at once.")
        More more) {

    /** What is rarely said. */
    record More(
            @Setting(
                    label = "Valid from",
                    help = "A date such as 2026-12-31, or a moment such as 2026-12-31T18:00:00Z. Blank: at once.",
                    optional = true,
                    format = Format.MOMENT)
            String from,

            @Setting(
                    label = "Number",
                    help = "So many keys at once, named with -1, -2 and so on behind the name.",
                    fallback = "1",
                    min = "1",
                    max = "1000")
            int number) {}
}
