package dev.gatehouse.node.server;

import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A request that asks to go on in HTTP/2 without TLS: RFC 7540, 3.2. */
final class Http2Upgrade {

    static final byte[] SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private Http2Upgrade() {}

    /**
     * The client's settings, as the payload of a SETTINGS frame. Null when it asks for no such thing, or so that it
     * need not be granted: an upgrade is only ever an offer (RFC 9110, 7.8). With a body it is not taken, since the body
     * would have to be read before anything else could be served.
     */
    static byte @Nullable [] asked(RequestHead head, Framing framing) {
        var headers = head.headers();
        var settings = headers.all("HTTP2-Settings");
        if (settings.size() != 1
                || head.minor() == 0
                || !(framing instanceof Framing.None)
                || !HopByHop.lists(headers, "Upgrade", "h2c")
                || !HopByHop.lists(headers, "Connection", "upgrade")
                || !HopByHop.lists(headers, "Connection", "http2-settings")) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(settings.getFirst());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
