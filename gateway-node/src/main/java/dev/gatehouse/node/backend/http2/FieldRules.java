package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.util.Set;

/** What a field may be in HTTP/2: RFC 9113, 8.2. Whatever breaks a line in HTTP/1.1 is none. */
final class FieldRules {

    /** RFC 9113, 8.2.2. */
    private static final Set<String> CONNECTION_SPECIFIC =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private FieldRules() {}

    /** tchar, in lower case. */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** One character an octet, none of them a control character. */
    static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** @return the status, 100 to 599; 101 is unknown to HTTP/2 */
    static int status(Headers decoded) throws Http2Exception {
        var values = decoded.all(":status");
        if (values.size() != 1 || !decoded.iterator().next().name().equals(":status")) {
            throw malformed("a response begins with its status, once");
        }
        var text = values.getFirst();
        boolean digits = text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int status = digits ? Integer.parseInt(text) : 0;
        if (status < 100 || status > 599 || status == 101) {
            throw malformed("the status must be 100 to 599, and not 101");
        }
        return status;
    }

    /** The regular fields, in their order; white space around values is taken away, as HTTP/1.1 has it. */
    static Headers regular(Headers decoded, boolean trailers) throws Http2Exception {
        var headers = new Headers();
        for (var field : decoded) {
            var name = field.name();
            if (name.equals(":status") && !trailers && headers.size() == 0) {
                continue;
            }
            if (!isName(name) || CONNECTION_SPECIFIC.contains(name)) {
                throw malformed("a header field is not for HTTP/2");
            }
            if (!isValue(field.value())) {
                throw malformed("a control character in a header field");
            }
            headers.add(name, field.value().strip());
        }
        return headers;
    }

    private static Http2Exception malformed(String rule) {
        return Http2Exception.connection(ErrorCode.PROTOCOL_ERROR, rule);
    }
}
