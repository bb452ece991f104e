package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.BodyWriter;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HopByHop;
import java.io.IOException;
import java.io.OutputStream;

/**
 * From a response to bytes. What a body's stream gives is sent at once; when it fails, the write fails before anything
 * that would look like an end.
 */
final class ResponseWriter {

    private final String method;
    private final int minor;
    private final OutputStream out;

    /** @param minor of the client's HTTP version */
    ResponseWriter(String method, int minor, OutputStream out) {
        this.method = method;
        this.minor = minor;
        this.out = out;
    }

    /**
     * Writes it whole.
     *
     * @param persist whether the connection is to stay
     * @return whether it may: false also when only its end can show the body's end
     * @throws IllegalArgumentException when a header cannot be sent; nothing was sent then
     * @throws IOException when the client is gone or the body is cut short: the connection must be aborted
     */
    boolean write(Response response, boolean persist) throws IOException {
        var headers = response.headers();
        long length = frame(headers, response);
        boolean chunked = length < 0 && minor == 1;
        boolean stays = persist && (length >= 0 || chunked);
        if (chunked) {
            headers.add("Transfer-Encoding", "chunked");
        }
        if (!stays) {
            headers.add("Connection", "close");
        }
        if (!headers.contains("Date")) {
            headers.add("Date", HttpDate.now());
        }
        var head =
                new HeadBuffer().statusLine(response.status()).fields(headers).end();
        var writer = new BodyWriter(out);
        if (length >= 0) {
            writer.length(head, response.body().stream(), length);
        } else if (chunked) {
            writer.chunked(head, response.body().stream());
        } else {
            writer.untilClose(head, response.body().stream());
        }
        return stays;
    }

    /** Sets Content-Length where there is one. Returns the body bytes to send, -1 when unknown. */
    private long frame(Headers headers, Response response) {
        HopByHop.remove(headers);
        long length = response.body().length();
        boolean head = method.equals("HEAD");
        if (head || response.status() == 304) {
            // the length that a GET would have had may stand here: RFC 9110, 8.6
            if (head && length > 0) {
                headers.set("Content-Length", Long.toString(length));
            }
            return 0;
        }
        headers.remove("Content-Length");
        if (response.status() == 204) {
            return 0;
        }
        if (length >= 0) {
            headers.add("Content-Length", Long.toString(length));
        }
        return length;
    }
}
