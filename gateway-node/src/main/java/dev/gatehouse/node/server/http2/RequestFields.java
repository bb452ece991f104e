package dev.gatehouse.node.server.http2;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.Octets;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request, as HTTP/1.1 would say them: RFC 9113, 8.2 and 8.3. A malformed one ends its stream. */
final class RequestFields {

    /** RFC 9113, 8.2.2. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /** The value of {@code :protocol} that is taken. */
    static final String WEB_SOCKET = "websocket";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final int stream;
    private final Headers regular = new Headers();
    private final StringBuilder cookies = new StringBuilder();
    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String authority;
    private @Nullable String path;
    private @Nullable String protocol;

    private RequestFields(int stream) {
        this.stream = stream;
    }

    /**
     * The head of a request.
     *
     * @throws Http2Exception when it is malformed
     * @throws RefusedException when it is not, and not served
     */
    static RequestHead head(int stream, Headers fields) throws Http2Exception, RefusedException {
        var request = new RequestFields(stream);
        for (var field : fields) {
            if (field.name().startsWith(":")) {
                request.pseudo(field.name(), field.value());
            } else {
                request.regular(field.name(), field.value());
            }
        }
        return request.head();
    }

    /** The fields behind a body. */
    static Headers trailers(int stream, Headers fields) throws Http2Exception {
        var trailers = new RequestFields(stream);
        for (var field : fields) {
            // a colon is in no token
            trailers.regular(field.name(), field.value());
        }
        return trailers.regular;
    }

    private void pseudo(String name, String value) throws Http2Exception {
        require(regular.size() == 0 && cookies.isEmpty(), "a pseudo field after a field");
        visible(name, value);
        switch (name) {
            case ":method" -> method = once(method, value);
            case ":scheme" -> scheme = once(scheme, value);
            case ":authority" -> authority = once(authority, value);
            case ":path" -> path = once(path, value);
            case ":protocol" -> protocol = once(protocol, value);
            default -> throw malformed("a pseudo field that no request has");
        }
    }

    private void regular(String name, String value) throws Http2Exception {
        require(Octets.isToken(name) && name.equals(name.toLowerCase(Locale.ROOT)), "a field name that is not one");
        require(!OF_CONNECTIONS.contains(name), "a field that concerns a connection of HTTP/1.1");
        require(!name.equals("te") || value.equals("trailers"), "TE is for trailers only");
        for (int i = 0; i < value.length(); i++) {
            require(Octets.value(value.charAt(i)), "a control character in a field");
        }
        require(value.strip().length() == value.length(), "a space before or after a value");
        if (name.equals("cookie")) {
            // RFC 9113, 8.2.3: one field again, for whom knows no crumbs
            cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
        } else {
            regular.add(name, value);
        }
    }

    private RequestHead head() throws Http2Exception, RefusedException {
        if (method == null || !Octets.isToken(method)) {
            throw malformed("a request has one method");
        }
        if (protocol != null) {
            require(method.equals("CONNECT"), "only CONNECT asks for a protocol");
            return webSocket(protocol);
        }
        if (method.equals("CONNECT")) {
            require(authority != null && scheme == null && path == null, "CONNECT has an authority and nothing else");
            throw refused(Refusal.NOT_IMPLEMENTED, "This is not a forward proxy.");
        }
        return head(method);
    }

    /**
     * The same request as HTTP/1.1 would have it, so that everything behind is asked for one kind of WebSocket: RFC 8441,
     * 5. The key, which proves nothing between a client and a gateway, is for the service alone.
     */
    private RequestHead webSocket(String asked) throws Http2Exception, RefusedException {
        require(authority != null, "a request for another protocol has an authority");
        require(!regular.contains("content-length"), "a request for another protocol has no body");
        if (!asked.equals(WEB_SOCKET)) {
            throw refused(Refusal.NOT_IMPLEMENTED, "The only protocol that a stream can go on with is websocket.");
        }
        var key = new byte[16];
        RANDOM.nextBytes(key);
        regular.remove("sec-websocket-key");
        regular.add("sec-websocket-key", Base64.getEncoder().encodeToString(key));
        return head("GET");
    }

    private RequestHead head(String method) throws Http2Exception, RefusedException {
        if (scheme == null || path == null) {
            throw malformed("a request has one scheme and one path");
        }
        require(scheme.equals("http") || scheme.equals("https"), "the scheme is http or https");
        require(path.startsWith("/") || (path.equals("*") && method.equals("OPTIONS")), "a path begins with a slash");
        if (path.length() > HeadLimits.REQUEST.target()) {
            throw refused(
                    Refusal.TARGET_TOO_LONG,
                    "The request target may have at most " + HeadLimits.REQUEST.target() + " bytes.");
        }
        var headers = new Headers();
        if (authority != null && !authority.isEmpty()) {
            for (var host : regular.all("host")) {
                require(host.equalsIgnoreCase(authority), "Host and :authority differ");
            }
            require(regular.all("host").size() <= 1, "more than one Host");
            regular.remove("host");
            headers.add("host", authority);
        }
        headers.addAll(regular);
        if (!cookies.isEmpty()) {
            headers.add("cookie", cookies.toString());
        }
        return new RequestHead(method, path, 1, headers);
    }

    private String once(@Nullable String before, String value) throws Http2Exception {
        require(before == null, "a pseudo field twice");
        return value;
    }

    private void visible(String name, String value) throws Http2Exception {
        for (int i = 0; i < value.length(); i++) {
            require(value.charAt(i) > ' ' && value.charAt(i) < 0x7f, name + " must be visible ASCII");
        }
    }

    private void require(boolean condition, String rule) throws Http2Exception {
        if (!condition) {
            throw malformed(rule);
        }
    }

    private Http2Exception malformed(String rule) {
        return Http2Exception.stream(stream, ErrorCode.PROTOCOL_ERROR, rule);
    }

    private static RefusedException refused(Refusal refusal, String reason) {
        return new RefusedException(Rejection.of(refusal, reason));
    }
}
