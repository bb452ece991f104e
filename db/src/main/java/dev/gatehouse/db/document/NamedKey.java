package dev.gatehouse.db.document;

import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Moments;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key of a consumer. Of one with nothing but a name it is only said that it is there, whatever it is for: nothing is
 * opened by leaving something out.
 */
@Shorthand("name")
public record NamedKey(
        @Setting(
                label = "Name",
                help =
                        "Of a key that is there, a name alone changes nothing; with anything beside it, what is not written is the default.",
                format = Format.NAME)
        String name,

        @Setting(
                label = "Valid from",
                help =
                        "A date such as 2026-12-31, or a moment such as 2026-12-31T18:00:00Z. Blank: as soon as it is issued.",
                optional = true,
                format = Format.MOMENT)
        String notBefore,

        @Setting(
                label = "Expires",
                help = "From then on it is refused. Blank: it never does.",
                optional = true,
                format = Format.MOMENT)
        String expires,

        @Inline KeyTerms terms)
        implements Checked {

    /** One that is there, whatever it is for. */
    public NamedKey(String name) {
        this(name, "", "", KeyTerms.OPEN);
    }

    static NamedKey of(ApiKey key) {
        return new NamedKey(
                key.name(),
                key.notBefore().map(Instant::toString).orElse(""),
                key.expiresAt().map(Instant::toString).orElse(""),
                key.terms());
    }

    /** Is only its name said? */
    boolean isBare() {
        return equals(new NamedKey(name));
    }

    Optional<Instant> begin() {
        return Moments.read(notBefore);
    }

    Optional<Instant> end() {
        return Moments.read(expires);
    }

    /** A key of that name as it is to be. */
    ApiKey over(ApiKey key) {
        return isBare() ? key : key.with(terms, begin(), end());
    }

    @Override
    public List<Problem> problems() {
        return end().filter(end -> begin().filter(begin -> !begin.isBefore(end)).isPresent())
                        .isPresent()
                ? List.of(new Problem("expires", "It would expire before it is valid."))
                : List.of();
    }
}
