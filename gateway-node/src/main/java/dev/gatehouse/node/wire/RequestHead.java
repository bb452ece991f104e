package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Request line and fields, as sent.
 *
 * @param minor of the HTTP version: 0 or 1
 */
public record RequestHead(String method, String target, int minor, Headers headers) {

    private static final String[] USUAL = {"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"};

    /**
     * The next request.
     *
     * @return null when the peer ended the stream before its first byte
     * @throws WireException when it is not a well-formed HTTP/1.0 or HTTP/1.1 request head
     */
    public static @Nullable RequestHead read(WireInput in, HeadLimits limits) throws IOException {
        if (!in.await()) {
            return null;
        }
        in.skipEmptyLine();
        var head = in.head(limits.bytes());
        return parse(head.bytes, head.from, head.to, limits);
    }

    /** @param to the end of the empty line that ends the head */
    public static RequestHead parse(byte[] bytes, int from, int to, HeadLimits limits) throws WireException {
        int at = from;
        while (Octets.token(bytes[at] & 0xff)) {
            at++;
        }
        if (at == from || bytes[at] != ' ') {
            throw new WireException("a request line is method, space, target, space, version");
        }
        var method = method(bytes, from, at);
        int start = ++at;
        while (bytes[at] > ' ' && bytes[at] < 0x7f) {
            at++;
        }
        if (at == start || bytes[at] != ' ') {
            throw new WireException("the request target must be visible ASCII and one space must follow it");
        }
        if (at - start > limits.target()) {
            throw new WireException(
                    Refusal.TARGET_TOO_LONG, "the request target is longer than " + limits.target() + " bytes");
        }
        var target = Fields.text(bytes, start, at);
        int minor = Version.minor(bytes, at + 1);
        if (bytes[at + 9] != '\r' || bytes[at + 10] != '\n') {
            throw new WireException("a request line ends with the version");
        }
        return new RequestHead(method, target, minor, Fields.parse(bytes, at + 11, to, limits.fields()));
    }

    /** As sent; the usual ones are not made anew for each request. */
    private static String method(byte[] bytes, int from, int to) {
        for (var usual : USUAL) {
            if (Octets.equal(usual, bytes, from, to)) {
                return usual;
            }
        }
        return Fields.text(bytes, from, to);
    }

    /** Whether the client asked for this to be the last exchange, or is too old to say. */
    public boolean last() {
        return minor == 0 || HopByHop.lists(headers, "Connection", "close");
    }

    /** Whether the client waits for leave to send its body. RFC 9110, 10.1.1: not from an HTTP/1.0 client. */
    public boolean expectsContinue() {
        return minor == 1 && HopByHop.lists(headers, "Expect", "100-continue");
    }

    /** Whether the client expects anything else, which nobody defines. */
    public boolean expectsTheUnknown() {
        return minor == 1
                && headers.contains("Expect")
                && HopByHop.elements(headers, "Expect").stream().anyMatch(element -> !element.equals("100-continue"));
    }
}
