package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Setting;
import java.util.Optional;

/** Keys that stand here: a JWK Set (RFC 7517). */
@Named(value = "key-set", label = "Fixed keys", help = "The keys stand here and change only when this is changed.")
public record KeySet(
        @Setting(
                label = "Keys",
                help = "A JWK Set of public keys: {\"keys\": [ … ]}.",
                max = "100000",
                format = Format.KEY_SET)
        String keys,

        @Setting(
                label = "Issuer",
                help = "What tokens must say in iss. Empty: anything, or nothing.",
                optional = true,
                max = "2000")
        String issuer)
        implements IssuerKeys {

    @Override
    public Optional<String> fetched() {
        return Optional.empty();
    }
}
