package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A field section: RFC 9112, 5. */
final class Fields {

    private Fields() {}

    /**
     * @param bytes lines that end with CR LF, the last one empty
     * @param limit field lines
     */
    static Headers parse(byte[] bytes, int from, int to, int limit) throws WireException {
        var headers = Headers.over(Arrays.copyOfRange(bytes, from, to));
        int at = from;
        while (bytes[at] != '\r' || at + 2 != to) {
            if (headers.size() == limit) {
                throw new WireException(Refusal.HEAD_TOO_LARGE, "more than " + limit + " header fields");
            }
            int colon = at;
            while (Octets.token(bytes[colon] & 0xff)) {
                colon++;
            }
            if (colon == at || bytes[colon] != ':') {
                // a space first would be obs-fold, a space before the colon a name that two parsers read differently
                throw new WireException("a header field is not name, colon, value");
            }
            int start = colon + 1;
            while (bytes[start] == ' ' || bytes[start] == '\t') {
                start++;
            }
            int end = start;
            while (Octets.value(bytes[end] & 0xff)) {
                end++;
            }
            if (bytes[end] != '\r' || bytes[end + 1] != '\n') {
                throw new WireException("a control character in a header field");
            }
            int next = end + 2;
            while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
                end--;
            }
            headers.receive(at - from, colon - at, start - from, end - start);
            at = next;
        }
        return headers;
    }

    /** One character an octet: what is not ASCII passes as it came. */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
