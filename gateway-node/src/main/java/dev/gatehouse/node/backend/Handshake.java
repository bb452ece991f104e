package dev.gatehouse.node.backend;

import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.HopByHop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a WebSocket: RFC 6455, 4.
 *
 * @param key {@code Sec-WebSocket-Key}
 * @param idle how long neither side may say anything once it is open
 */
record Handshake(String key, Duration idle) {

    static final String PROTOCOL = "websocket";

    /** RFC 6455, 1.3: a text that nothing but a WebSocket server would append. */
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Null when the client asks for none, or not as RFC 6455, 4.1 has it, or the service is not to be asked for one. */
    static @Nullable Handshake of(Exchange exchange, WebSockets webSockets) {
        var keys = exchange.headers().all("Sec-WebSocket-Key");
        boolean asked = PROTOCOL.equals(exchange.downstream().upgrade())
                && exchange.method().equals("GET")
                && exchange.body().length() == 0
                && keys.size() == 1;
        return asked && webSockets.allowed() ? new Handshake(keys.getFirst(), webSockets.idle()) : null;
    }

    /** Whether a 101 with these fields answers this key: a cache or a server that knows no WebSocket cannot. */
    boolean acceptedBy(Headers headers) {
        var upgrades = headers.all("Upgrade");
        return upgrades.size() == 1
                && upgrades.getFirst().equalsIgnoreCase(PROTOCOL)
                && HopByHop.lists(headers, "Connection", "upgrade")
                && headers.all("Sec-WebSocket-Accept").equals(List.of(accept()));
    }

    private String accept() {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + SALT).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
