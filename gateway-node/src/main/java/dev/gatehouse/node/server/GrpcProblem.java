package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;

/**
 * A rejection as a gRPC client expects it, "trailers only": 200, and the status of the call beside it.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP2</a>
 */
final class GrpcProblem {

    private static final int DEADLINE_EXCEEDED = 4;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private GrpcProblem() {}

    /** Whether that is the head of a gRPC call. */
    static boolean concerns(Headers request) {
        return request.first("Content-Type")
                .filter(type -> type.equals("application/grpc")
                        || type.startsWith("application/grpc+")
                        || type.startsWith("application/grpc;"))
                .isPresent();
    }

    /** @param response what the filters made of the rejection; its headers are kept */
    static Response render(Response response, Rejection rejection) {
        response.close();
        var headers = response.headers()
                .set("Content-Type", "application/grpc")
                .set("grpc-status", Integer.toString(status(response.status())))
                .set("grpc-message", message(rejection.reason()));
        return new Response(200, headers, Body.empty());
    }

    /**
     * As gRPC maps the status of a proxy that knows nothing of it, save where this one knows better: what is used up is
     * not unavailable, and what came too late is just that.
     */
    private static int status(int http) {
        return switch (http) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404, 405, 501 -> UNIMPLEMENTED;
            case 408, 504 -> DEADLINE_EXCEEDED;
            case 413, 429 -> RESOURCE_EXHAUSTED;
            case 502, 503 -> UNAVAILABLE;
            default -> INTERNAL;
        };
    }

    /** Percent-encoded but for what is printable ASCII. */
    private static String message(String reason) {
        var text = new StringBuilder();
        for (byte octet : reason.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet < 0x7f && octet != '%') {
                text.append((char) octet);
            } else {
                text.append('%').append(String.format("%02X", octet & 0xff));
            }
        }
        return text.toString();
    }
}
