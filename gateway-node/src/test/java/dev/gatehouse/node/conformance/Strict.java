package dev.gatehouse.node.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what the gateway says, by the letter and without leniency: a parser of its own, so that a mistake of the
 * gateway's codec is not made here too.
 */
final class Strict {

    private static final Pattern FIELD =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: (?:[\\x21-\\x7e\\x80-\\xff](?:[\\t\\x20-\\x7e\\x80-\\xff]*"
                    + "[\\x21-\\x7e\\x80-\\xff])?)?");
    private static final Pattern CHUNK = Pattern.compile("[0-9a-fA-F]{1,8}");

    private Strict() {}

    /** What no recipient could use. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what);
        }
    }

    static List<String> fields(List<String> lines) throws Malformed {
        for (var line : lines) {
            if (!FIELD.matcher(line).matches()) {
                throw new Malformed("field: " + line);
            }
        }
        return lines;
    }

    /** The values of the fields of that name. */
    static List<String> values(List<String> fields, String name) {
        return fields.stream()
                .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(field -> field.substring(name.length() + 2))
                .toList();
    }

    /** The octets behind a head. */
    static final class Body {

        final StringBuilder text = new StringBuilder();
        final List<String> trailers = new ArrayList<>();
        int at;
        private final String octets;

        Body(String octets, int at) {
            this.octets = octets;
            this.at = at;
        }

        /** Whether that many are there. */
        boolean length(String length) throws Malformed {
            if (!length.matches("0|[1-9][0-9]{0,17}")) {
                throw new Malformed("Content-Length: " + length);
            }
            if (octets.length() - at < Long.parseLong(length)) {
                return false;
            }
            int count = Integer.parseInt(length);
            text.append(octets, at, at + count);
            at += count;
            return true;
        }

        /** All there is: to the end of the connection. */
        boolean rest() {
            text.append(octets, at, octets.length());
            at = octets.length();
            return true;
        }

        /** Whether the last chunk is there. */
        boolean chunks(String coding) throws Malformed {
            if (!coding.equals("chunked")) {
                throw new Malformed("Transfer-Encoding: " + coding);
            }
            while (true) {
                var size = line();
                if (size.isEmpty()) {
                    return false;
                }
                if (!CHUNK.matcher(size.get()).matches()) {
                    throw new Malformed("chunk size: " + size.get());
                }
                int count = Integer.parseInt(size.get(), 16);
                if (count == 0) {
                    return trailers();
                }
                if (octets.length() - at < count + 2) {
                    return false;
                }
                text.append(octets, at, at + count);
                at += count;
                if (!octets.startsWith("\r\n", at)) {
                    throw new Malformed("after a chunk: " + octets.substring(at, at + 2));
                }
                at += 2;
            }
        }

        private boolean trailers() throws Malformed {
            for (var line = line(); line.isPresent(); line = line()) {
                if (line.get().isEmpty()) {
                    fields(trailers);
                    return true;
                }
                trailers.add(line.get());
            }
            return false;
        }

        private Optional<String> line() {
            int end = octets.indexOf("\r\n", at);
            if (end < 0) {
                return Optional.empty();
            }
            var line = octets.substring(at, end);
            at = end + 2;
            return Optional.of(line);
        }
    }
}
