package dev.gatehouse.console.key;

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
        Lifetime lifetime) {}
