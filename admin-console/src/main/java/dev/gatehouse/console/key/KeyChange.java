package dev.gatehouse.console.key;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import java.time.Instant;
import java.util.Map;

/** What can be changed of a key that its holder has already. */
record KeyChange(
        @Setting(
                label = "Valid from",
                help =
                        "A date such as 2026-12-31, or a moment such as 2026-12-31T18:00:00Z. Blank: since it was issued.",
                optional = true,
                format = Format.MOMENT)
        String from,

        @Setting(
                label = "Expires",
                help = "From then on it is refused. Blank: it never does.",
                optional = true,
                format = Format.MOMENT)
        String expires,

        @Inline KeyTerms terms) {

    static Map<String, Object> of(ApiKey key) {
        return Settings.write(new KeyChange(
                key.notBefore().map(Instant::toString).orElse(""),
                key.expiresAt().map(Instant::toString).orElse(""),
                key.terms()));
    }

    /** The environment stands in the key's text and stays. */
    Edit.ChangeKey edit(ApiKey key, long expected) {
        return new Edit.ChangeKey(key.id(), terms, Moments.read(from), Moments.read(expires), expected);
    }
}
