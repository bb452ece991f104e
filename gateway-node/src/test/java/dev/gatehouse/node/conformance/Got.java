package dev.gatehouse.node.conformance;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer as a client got it, up to the close of the connection.
 *
 * @param interim status and fields of the answers before it, a line each
 * @param whole whether the client could tell that this was all
 */
record Got(List<String> interim, int status, List<String> fields, String body, List<String> trailers, boolean whole) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9]) [A-Za-z -]*");

    /** @param bodiless for the answer to HEAD */
    static Got of(String octets, boolean bodiless) throws Strict.Malformed {
        int end = octets.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new Strict.Malformed("no head: " + octets);
        }
        var lines = List.of(octets.substring(0, end).split("\r\n", -1));
        var start = STATUS_LINE.matcher(lines.getFirst());
        if (!start.matches()) {
            throw new Strict.Malformed("status line: " + lines.getFirst());
        }
        int status = Integer.parseInt(start.group(1));
        var fields = Strict.fields(lines.subList(1, lines.size()));
        if (status < 200) {
            var next = of(octets.substring(end + 4), bodiless);
            var interim = Stream.concat(Stream.of(status + " " + fields), next.interim.stream());
            return new Got(interim.toList(), next.status, next.fields, next.body, next.trailers, next.whole);
        }
        var lengths = Strict.values(fields, "Content-Length");
        var codings = Strict.values(fields, "Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            throw new Strict.Malformed("framing: " + fields);
        }
        var body = new Strict.Body(octets, end + 4);
        boolean whole;
        if (bodiless || status == 204 || status == 304) {
            whole = true;
        } else if (!codings.isEmpty()) {
            whole = body.chunks(codings.getFirst());
        } else {
            whole = lengths.isEmpty() ? body.rest() : body.length(lengths.getFirst());
        }
        if (whole && body.at != octets.length()) {
            throw new Strict.Malformed("behind the answer: " + octets.substring(body.at));
        }
        return new Got(List.of(), status, fields, body.text.toString(), body.trailers, whole);
    }
}
