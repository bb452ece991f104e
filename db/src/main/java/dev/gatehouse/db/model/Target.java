package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.net.URI;

/** One address at which a service answers. */
@Shorthand("url")
public record Target(
        @Setting(
                label = "URL",
                help = "Scheme, host and port, such as http://10.0.0.7:8080.",
                format = Format.ORIGIN_URL)
        String url) {

    /** Scheme, host and perhaps port. */
    public URI origin() {
        return URI.create(url);
    }
}
