package dev.gatehouse.node.wire;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Headers;
import java.util.List;

/** Where a message body ends: RFC 9112, 6.3. Whatever two recipients could read differently is refused. */
public sealed interface Framing {

    /** No body. */
    record None() implements Framing {}

    record Length(long bytes) implements Framing {}

    record Chunked() implements Framing {}

    /** All bytes until the server closes; for responses only. */
    record UntilClose() implements Framing {}

    /** A length, and no body. */
    Framing EMPTY = new Length(0);

    /** Of a request: no length means no body. */
    static Framing ofRequest(RequestHead head) throws WireException {
        var explicit = explicit(head.headers(), head.minor());
        if (explicit instanceof UntilClose || explicit.equals(EMPTY)) {
            return new None();
        }
        if (head.method().equals("TRACE")) {
            // RFC 9110, 9.3.8
            throw new WireException("TRACE has no content");
        }
        return explicit;
    }

    /** Of a final response, by the method of its request. */
    static Framing ofResponse(ResponseHead head, String method) throws WireException {
        var explicit = explicit(head.headers(), head.minor());
        boolean bodiless = method.equals("HEAD") || head.status() == 204 || head.status() == 304;
        return bodiless || explicit.equals(EMPTY) ? new None() : explicit;
    }

    private static Framing explicit(Headers headers, int minor) throws WireException {
        var codings = headers.all("Transfer-Encoding");
        var lengths = headers.all("Content-Length");
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty()) {
                throw new WireException("Content-Length and Transfer-Encoding together");
            }
            if (minor == 0) {
                throw new WireException("Transfer-Encoding in an HTTP/1.0 message");
            }
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                throw new WireException(refusal(codings), "the only transfer coding is chunked, once");
            }
            return new Chunked();
        }
        return lengths.isEmpty() ? new UntilClose() : new Length(length(lengths));
    }

    /**
     * RFC 9112, 6.1 and 6.3: a body in a coding that is not known here could still be delimited when chunked comes last,
     * and only there; without that, or with chunked twice, nobody can tell where it ends.
     */
    private static Refusal refusal(List<String> codings) {
        var list = String.join(",", codings).split(",", -1);
        for (int i = 0; i < list.length; i++) {
            var coding = list[i].strip();
            if (!Octets.isToken(coding) || coding.equalsIgnoreCase("chunked") != (i == list.length - 1)) {
                return Refusal.BAD_REQUEST;
            }
        }
        return Refusal.NOT_IMPLEMENTED;
    }

    private static long length(List<String> lines) throws WireException {
        if (lines.size() > 1) {
            throw new WireException("more than one Content-Length");
        }
        var text = lines.getFirst();
        // 18 digits always fit a long
        if (text.isEmpty() || text.length() > 18) {
            throw new WireException("Content-Length must be 1 to 18 digits");
        }
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new WireException("Content-Length must be 1 to 18 digits");
            }
            length = length * 10 + digit;
        }
        return length;
    }
}
