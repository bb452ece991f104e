package dev.gatehouse.node.wire;

import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;

/**
 * Status line and fields, as sent. The reason phrase is read over.
 *
 * @param minor of the HTTP version: 0 or 1
 * @param status 100 to 599
 */
public record ResponseHead(int minor, int status, Headers headers) {

    /** @throws WireException when it is not a well-formed HTTP/1.0 or HTTP/1.1 response head */
    public static ResponseHead read(WireInput in, HeadLimits limits) throws IOException {
        var head = in.head(limits.bytes());
        return parse(head.bytes, head.from, head.to, limits);
    }

    /** @param to the end of the empty line that ends the head */
    public static ResponseHead parse(byte[] bytes, int from, int to, HeadLimits limits) throws WireException {
        int minor = Version.minor(bytes, from);
        int at = from + 8;
        if (bytes[at] != ' ') {
            throw new WireException("a status line is version, space, three digits");
        }
        int status = 0;
        for (at++; at < from + 12; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new WireException("a status line is version, space, three digits");
            }
            status = status * 10 + digit;
        }
        if (status < 100 || status > 599) {
            throw new WireException("the status must be 100 to 599");
        }
        // the space after the code is left out by many servers when there is no reason phrase
        if (bytes[at] != ' ' && bytes[at] != '\r') {
            throw new WireException("a status line is version, space, three digits");
        }
        while (Octets.value(bytes[at] & 0xff)) {
            at++;
        }
        if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
            throw new WireException("a control character in the status line");
        }
        return new ResponseHead(minor, status, Fields.parse(bytes, at + 2, to, limits.fields()));
    }

    /** Whether the server may take another request on this connection afterwards. */
    public boolean keepsAlive() {
        return minor == 1
                ? !HopByHop.lists(headers, "Connection", "close")
                : HopByHop.lists(headers, "Connection", "keep-alive");
    }
}
