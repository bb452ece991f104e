package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.ApiVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields that tell of a version's end. */
final class VersionFields {

    /** RFC 9110, 5.6.7. */
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private VersionFields() {}

    /** RFC 9745, 2.1: a date of structured fields (RFC 9651, 3.3.7). */
    static String deprecation(Instant since) {
        return "@" + since.getEpochSecond();
    }

    /** RFC 8594, 3. */
    static String sunset(Instant at) {
        return IMF_FIXDATE.format(at);
    }

    /** Links to its documentation, one for each thing that is said of its end; none where it has no documentation. */
    static List<String> documentation(ApiVersion version, boolean retired) {
        if (version.documentation().isEmpty()) {
            return List.of();
        }
        var address = URI.create(version.documentation()).toASCIIString();
        var links = new ArrayList<String>();
        if (!version.deprecated().isEmpty() || retired) {
            links.add(link(address, "deprecation"));
        }
        if (!version.sunset().isEmpty()) {
            links.add(link(address, "sunset"));
        }
        return links;
    }

    /**
     * RFC 8288, 3.
     *
     * @param address one character an octet; what no URI may hold is percent-encoded, so that nothing ends it early
     */
    static String link(String address, String relation) {
        var safe = new StringBuilder(address.length() + 40).append('<');
        for (byte octet : address.getBytes(StandardCharsets.ISO_8859_1)) {
            if (octet > ' ' && octet < 0x7f && "<>\"\\^`{|}".indexOf(octet) < 0) {
                safe.append((char) octet);
            } else {
                safe.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
        return safe.append(">; rel=\"").append(relation).append('"').toString();
    }
}
