package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.util.List;

/** A key of ours, and where a request holds it. */
@Named(value = "key", label = "API key", help = "A key that was issued to a consumer here.")
public record Key(
        @Setting(
                label = "Header",
                help = "The header that holds the key. Empty: none.",
                optional = true,
                fallback = "X-API-Key",
                max = "100",
                format = Format.HEADER_NAME)
        String header,

        @Setting(
                label = "As a bearer token",
                help = "The key may also come as Authorization: Bearer.",
                fallback = "true")
        boolean bearer,

        @Setting(
                label = "Query parameter",
                help =
                        "The parameter of the query that may hold the key, such as api_key. Empty, the safer choice: none, since addresses end in histories and logs of others. Here it is taken out before anything sees it.",
                optional = true,
                max = "200",
                format = Format.FIELD_NAME)
        String query,

        @Setting(
                label = "Environments",
                help = "Of which environments keys are taken, such as live. Empty: of all.",
                max = "20",
                format = Format.ENVIRONMENT)
        List<String> environments)
        implements Credential, Checked {

    /** What holds where nothing is written. */
    public static final Key DEFAULT = Settings.read(Key.class, null).orThrow();

    public Key {
        environments = List.copyOf(environments);
    }

    @Override
    public List<Problem> problems() {
        return header.isEmpty() && !bearer && query.isEmpty()
                ? List.of(new Problem(
                        "header", "A key must be able to come somehow: name a header or a query parameter."))
                : CredentialRules.header("header", header);
    }
}
