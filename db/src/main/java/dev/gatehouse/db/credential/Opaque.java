package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Named;
import java.util.Optional;

/** No keys at all: its tokens mean nothing to anybody but itself. */
@Named(value = "opaque", label = "No keys", help = "Its tokens are not signed for others; it is asked about each.")
public record Opaque() implements IssuerKeys {

    @Override
    public String issuer() {
        return "";
    }

    @Override
    public Optional<String> fetched() {
        return Optional.empty();
    }
}
