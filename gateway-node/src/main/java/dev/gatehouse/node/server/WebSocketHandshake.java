package dev.gatehouse.node.server;

import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.RequestHead;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The only upgrade that is taken up. Every other one is left out, as RFC 9110, 7.8 allows, and the request is an ordinary one. */
final class WebSocketHandshake {

    static final String PROTOCOL = "websocket";

    /** Sixteen octets in base64: 22 digits, of the last of which four bits count, and the padding. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}");

    private WebSocketHandshake() {}

    /**
     * The protocol that a request asks to go on with: RFC 6455, 4.2.1. Null when it asks for none, or not in the way it
     * has to; also when it has a body, since two recipients could disagree on where the new protocol begins. Which
     * versions there are is for the service to say.
     */
    static @Nullable String asked(RequestHead head, Framing framing) {
        var headers = head.headers();
        boolean asked = head.minor() == 1
                && head.method().equals("GET")
                && framing instanceof Framing.None
                && HopByHop.lists(headers, "Upgrade", PROTOCOL)
                && HopByHop.lists(headers, "Connection", "upgrade")
                && one(headers.all("Sec-WebSocket-Key"), KEY)
                && one(headers.all("Sec-WebSocket-Version"), VERSION);
        return asked ? PROTOCOL : null;
    }

    private static boolean one(List<String> values, Pattern rule) {
        return values.size() == 1 && rule.matcher(values.getFirst()).matches();
    }
}
