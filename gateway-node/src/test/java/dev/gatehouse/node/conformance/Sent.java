package dev.gatehouse.node.conformance;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it was sent.
 *
 * @param minor of the HTTP version
 */
public record Sent(String method, String target, int minor, List<String> fields, String body, List<String> trailers) {

    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\\x21-\\x7e]+) HTTP/1\\.([01])");

    /** A request, and how many octets it took. */
    record Taken(Sent request, int octets) {}

    /** The request that those octets begin with; empty when more are needed. */
    static Optional<Taken> take(String octets) throws Strict.Malformed {
        int end = octets.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        var lines = List.of(octets.substring(0, end).split("\r\n", -1));
        var start = REQUEST_LINE.matcher(lines.getFirst());
        if (!start.matches()) {
            throw new Strict.Malformed("request line: " + lines.getFirst());
        }
        var fields = Strict.fields(lines.subList(1, lines.size()));
        var lengths = Strict.values(fields, "content-length");
        var codings = Strict.values(fields, "transfer-encoding");
        if (Strict.values(fields, "host").size() != 1 || lengths.size() + codings.size() > 1) {
            throw new Strict.Malformed("framing: " + fields);
        }
        var body = new Strict.Body(octets, end + 4);
        boolean whole = codings.isEmpty()
                ? body.length(lengths.isEmpty() ? "0" : lengths.getFirst())
                : body.chunks(codings.getFirst());
        return whole
                ? Optional.of(new Taken(
                        new Sent(
                                start.group(1),
                                start.group(2),
                                Integer.parseInt(start.group(3)),
                                fields,
                                body.text.toString(),
                                body.trailers),
                        body.at))
                : Optional.empty();
    }

    List<String> values(String name) {
        return Strict.values(fields, name);
    }

    /** As the tables write it. */
    String line() {
        return method + " " + target + " \"" + body + "\"";
    }
}
