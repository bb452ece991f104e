package dev.gatehouse.node.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as the gateway sent it. Read by a parser of its own that knows no leniency, so that a mistake of the
 * gateway's codec is not made here too.
 */
record Sent(String method, String target, List<String> fields, String body, List<String> trailers) {

    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\\x21-\\x7e]+) HTTP/1\\.1");
    private static final Pattern FIELD =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: (?:[\\x21-\\x7e\\x80-\\xff](?:[\\t\\x20-\\x7e\\x80-\\xff]*"
                    + "[\\x21-\\x7e\\x80-\\xff])?)?");
    private static final Pattern CHUNK = Pattern.compile("[0-9a-f]{1,8}");

    /** What no recipient could use. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what);
        }
    }

    /** A request, and how many octets it took. */
    record Taken(Sent request, int octets) {}

    /** The request that those octets begin with; empty when more are needed. */
    static Optional<Taken> take(String octets) throws Malformed {
        int end = octets.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        var lines = List.of(octets.substring(0, end).split("\r\n", -1));
        var start = REQUEST_LINE.matcher(lines.getFirst());
        if (!start.matches()) {
            throw new Malformed("request line: " + lines.getFirst());
        }
        var fields = fields(lines.subList(1, lines.size()));
        var lengths = values(fields, "content-length");
        var codings = values(fields, "transfer-encoding");
        if (values(fields, "host").size() != 1 || lengths.size() + codings.size() > 1) {
            throw new Malformed("framing: " + fields);
        }
        var body = new Body(octets, end + 4);
        boolean whole = codings.isEmpty()
                ? body.length(lengths.isEmpty() ? "0" : lengths.getFirst())
                : body.chunks(codings.getFirst());
        return whole
                ? Optional.of(new Taken(
                        new Sent(start.group(1), start.group(2), fields, body.text.toString(), body.trailers), body.at))
                : Optional.empty();
    }

    private static List<String> fields(List<String> lines) throws Malformed {
        for (var line : lines) {
            if (!FIELD.matcher(line).matches()) {
                throw new Malformed("field: " + line);
            }
        }
        return lines;
    }

    /** The values of the fields of that name, given in lower case. */
    private static List<String> values(List<String> fields, String name) {
        return fields.stream()
                .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(field -> field.substring(name.length() + 2))
                .toList();
    }

    List<String> values(String name) {
        return values(fields, name);
    }

    /** As the tables write it. */
    String line() {
        return method + " " + target + " \"" + body + "\"";
    }

    private static final class Body {

        private final String octets;
        private final StringBuilder text = new StringBuilder();
        private final List<String> trailers = new ArrayList<>();
        private int at;

        Body(String octets, int at) {
            this.octets = octets;
            this.at = at;
        }

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
