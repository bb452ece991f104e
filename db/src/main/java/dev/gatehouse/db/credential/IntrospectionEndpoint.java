package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.time.Duration;
import java.util.List;

/** Where an issuer can be asked about a token, and as whom. */
public record IntrospectionEndpoint(
        @Setting(
                label = "Address",
                help = "Of the introspection endpoint (RFC 7662). Empty: it cannot be asked.",
                optional = true,
                max = "2000",
                format = Format.FETCH_URL)
        String url,

        @Setting(label = "Client", help = "As which client it is asked.", optional = true, max = "200")
        String clientId,

        @Setting(
                label = "Client secret",
                help = "Stored encrypted and never shown.",
                optional = true,
                max = "2000",
                format = Format.SECRET)
        String clientSecret,

        @Setting(
                label = "Remembered",
                help =
                        "How long an answer is believed, never beyond the token's end. A token that is taken back is believed for so long.",
                fallback = "30s",
                min = "0s",
                max = "10m")
        Duration remember)
        implements Checked {

    /** None. */
    public static final IntrospectionEndpoint NONE =
            Settings.read(IntrospectionEndpoint.class, null).orThrow();

    @Override
    public List<Problem> problems() {
        return url.isEmpty() || !clientId.isEmpty()
                ? List.of()
                : List.of(new Problem("client-id", "Must be given: RFC 7662 lets nobody ask who is not known."));
    }

    /** Without the secret: this may end in a log. */
    @Override
    public String toString() {
        return "introspection at " + url;
    }
}
