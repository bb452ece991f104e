package dev.gatehouse.db.recognition;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version that an Accept field (RFC 9110, 12.5.1) asks for: {@code application/vnd.example.v2+json}. */
final class AcceptedVersion {

    private static final String TREE = "application/vnd.";
    private static final Pattern RANGE = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+/[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private AcceptedVersion() {}

    /**
     * Of the versions that exist the one with the greatest weight, of equal ones the first. What is malformed, or has
     * the weight 0, is passed over.
     *
     * @param known those that exist
     * @return null when no version needs to be served: none is named, or something else is acceptable beside unknown
     *     ones; an unknown one when nothing else is acceptable
     */
    static @Nullable String of(String accept, String vendor, Set<String> known) {
        String best = null;
        String unknown = null;
        boolean other = false;
        double most = 0;
        var prefix = TREE + vendor + ".";
        for (var element : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = element.split(";", -1);
            var range = parts[0].strip();
            double weight = RANGE.matcher(range).matches() ? weight(parts) : 0;
            if (weight <= 0) {
                continue;
            }
            if (!range.startsWith(prefix)) {
                other = true;
                continue;
            }
            int suffix = range.indexOf('+', prefix.length());
            var version = range.substring(prefix.length(), suffix < 0 ? range.length() : suffix);
            if (!known.contains(version)) {
                unknown = version;
            } else if (weight > most) {
                best = version;
                most = weight;
            }
        }
        return best != null ? best : other ? null : unknown;
    }

    /** 1 where none is said, 0 where what is said is none. */
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                var value = parameter.substring(2);
                return WEIGHT.matcher(value).matches() ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }
}
