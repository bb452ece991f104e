package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shorthand;
import java.util.List;

/** A request, and what has to become of it for a configuration to be saved. */
@Shorthand("request")
public record Example(
        @Setting(
                label = "Request",
                help = "Method and address, such as GET https://api.example.com/users/7?page=2, or GET /users/7.",
                format = Format.REQUEST)
        String request,

        @Setting(label = "Headers", help = "Such as Accept: application/json.", max = "50", format = Format.HEADER_LINE)
        List<String> headers,

        @Setting(
                label = "Address",
                help = "Where the client is. Empty: 192.0.2.1.",
                optional = true,
                format = Format.ADDRESS)
        String address,

        @Setting(
                label = "Time",
                help = "When it comes, such as 2026-12-31T18:00:00Z. Empty: whenever it is checked.",
                optional = true,
                format = Format.MOMENT)
        String time,

        @Setting(
                label = "Consumer",
                help = "Whose API key is sent. Empty: no key.",
                optional = true,
                format = Format.NAME)
        String consumer,

        @Setting(
                label = "TLS client",
                help = "The subject of the verified certificate that the client shows, such as CN=till-7. Empty: none.",
                optional = true,
                max = "200")
        String subject,

        @Setting(
                label = "Draw",
                help = "The number drawn where routes take a share: a route with a larger share takes it.",
                fallback = "0",
                min = "0",
                max = "99",
                unit = "%")
        int draw,

        @Setting(
                label = "Expected",
                help =
                        "The route that takes it, or a refusal such as no-route, method-not-allowed or version-retired. Empty: this route.",
                optional = true,
                format = Format.NAME)
        String expect) {

    public Example {
        headers = List.copyOf(headers);
    }
}
