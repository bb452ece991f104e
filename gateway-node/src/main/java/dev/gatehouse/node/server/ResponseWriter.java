package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.BodyWriter;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.Trailers;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * From a response to bytes. What a body's stream gives is sent at once; when it fails, the write fails before anything
 * that would look like an end.
 */
final class ResponseWriter {

    private static final System.Logger LOG = System.getLogger(ResponseWriter.class.getName());

    private final String method;
    private final int minor;
    private final boolean trailers;
    private final OutputStream out;

    private ResponseWriter(String method, int minor, boolean trailers, OutputStream out) {
        this.method = method;
        this.minor = minor;
        this.trailers = trailers;
        this.out = out;
    }

    /** @param trailers whether the client reads them */
    ResponseWriter(RequestHead head, boolean trailers, OutputStream out) {
        this(head.method(), head.minor(), trailers, out);
    }

    /** For a client whose request was not understood. */
    static ResponseWriter toUnknown(OutputStream out) {
        return new ResponseWriter("GET", 1, false, out);
    }

    /**
     * 101: what follows is another protocol's.
     *
     * @throws IllegalArgumentException when a header cannot be sent; nothing was sent then
     */
    static void switching(Headers headers, String protocol, OutputStream out) throws IOException {
        HopByHop.remove(headers);
        headers.remove("Content-Length").add("Connection", "Upgrade").add("Upgrade", protocol);
        new HeadBuffer().statusLine(101).fields(headers).end().writeTo(out);
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
        var announced = headers.all("Trailer");
        long length = frame(headers, response);
        boolean chunked = length < 0 && minor == 1;
        boolean stays = persist && (length >= 0 || chunked);
        if (chunked) {
            headers.add("Transfer-Encoding", "chunked");
            announce(headers, announced);
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
        var body = response.body();
        if (length >= 0) {
            writer.length(head, body.stream(), length);
        } else if (chunked) {
            writer.chunked(head, body.stream(), () -> trailers ? sendable(body.trailers()) : new Headers());
        } else {
            writer.untilClose(head, body.stream());
        }
        return stays;
    }

    /** Writes it whole, on a connection that stays. False: it would have a body, and the client wants none. */
    boolean write(FixedRefusal refusal, String id) throws IOException {
        if (method.equals("HEAD")) {
            return false;
        }
        refusal.writeTo(out, id);
        return true;
    }

    /** None when one cannot be sent: it is too late to say so. */
    private static Headers sendable(Headers trailers) {
        var relayed = Trailers.relayed(trailers);
        try {
            new HeadBuffer().fields(relayed);
            return relayed;
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "trailers that cannot be sent", e);
            return new Headers();
        }
    }

    private void announce(Headers headers, List<String> announced) {
        if (trailers) {
            announced.forEach(names -> headers.add("Trailer", names));
        }
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
