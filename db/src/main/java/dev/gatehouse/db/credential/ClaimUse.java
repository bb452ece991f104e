package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.util.List;

/** What is read out of a token: whose it is and what it is for. */
public record ClaimUse(
        @Setting(
                label = "Consumer claim",
                help =
                        "The claim whose value is the name of a consumer here, such as client_id, azp or sub. Empty: none, every token is the consumer below.",
                optional = true,
                fallback = "client_id",
                max = "200")
        String consumerClaim,

        @Setting(
                label = "Consumer",
                help = "Whose tokens are that name no consumer here. Empty: those are refused.",
                optional = true,
                format = Format.NAME)
        String consumer,

        @Setting(
                label = "Scope claim",
                help = "The claim that holds scopes: a text with blanks between them, or a list.",
                optional = true,
                fallback = "scope",
                max = "200")
        String scopeClaim)
        implements Checked {

    /** What holds where nothing is written. */
    public static final ClaimUse DEFAULT = Settings.read(ClaimUse.class, null).orThrow();

    @Override
    public List<Problem> problems() {
        return consumerClaim.isEmpty() && consumer.isEmpty()
                ? List.of(new Problem("consumer", "Must be given where no claim names the consumer."))
                : List.of();
    }
}
