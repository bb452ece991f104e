package dev.gatehouse.node.server;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.wire.CanonicalPath;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.RequestHead;
import dev.gatehouse.node.wire.RequestTarget;
import dev.gatehouse.node.wire.WireException;

/** From a request head to an exchange: what concerns the connection is taken out, what the client claims is checked. */
final class ExchangeReader {

    private final Forwarding forwarding;
    private final boolean http2;

    ExchangeReader(Forwarding forwarding) {
        this(forwarding, false);
    }

    private ExchangeReader(Forwarding forwarding, boolean http2) {
        this.forwarding = forwarding;
        this.http2 = http2;
    }

    /** The same for heads that came in HTTP/2. */
    ExchangeReader ofHttp2() {
        return new ExchangeReader(forwarding, true);
    }

    /**
     * @throws WireException when the head is malformed
     * @throws RefusedException when it is not, and its path has no canonical form
     */
    Exchange read(RequestHead head, Body body, String id, Arrival arrival, Downstream downstream)
            throws WireException, RefusedException {
        if (head.method().equals("CONNECT")) {
            throw new RefusedException(Rejection.of(Refusal.NOT_IMPLEMENTED, "This is not a forward proxy."));
        }
        var target = RequestTarget.parse(head.method(), head.target());
        var host = host(head);
        var headers = head.headers();
        HopByHop.remove(headers);
        expect(head);
        // answered here, at the first read of the body
        headers.remove("Expect");
        var client = forwarding.take(headers, arrival);
        var authority = target.authority();
        if (authority == null) {
            authority = host;
        } else {
            // RFC 9112, 3.2.2: the target counts, and Host is made to agree
            headers.set("Host", authority);
        }
        headers.set("X-Request-Id", id);
        return new Exchange(
                id,
                new RequestLine(head.method(), authority, canonical(target.path()), target.query(), version(head)),
                client,
                headers,
                body,
                downstream);
    }

    private String version(RequestHead head) {
        return http2 ? "2" : head.minor() == 0 ? "1.0" : "1.1";
    }

    /** RFC 9110, 10.1.1: 417 rather than a request that runs without what was asked for. */
    private static void expect(RequestHead head) throws RefusedException {
        if (head.expectsTheUnknown()) {
            throw new RefusedException(
                    Rejection.of(Refusal.EXPECTATION_FAILED, "The only expectation that is met is 100-continue."));
        }
    }

    private static String canonical(String path) throws RefusedException {
        if (path.equals("*")) {
            return path;
        }
        return switch (CanonicalPath.of(path)) {
            case CanonicalPath.Path(String canonical) -> canonical;
            case CanonicalPath.Ambiguous(String reason) ->
                throw new RefusedException(Rejection.of(Refusal.AMBIGUOUS_PATH, reason));
        };
    }

    /** RFC 9112, 3.2: exactly one, and well-formed; only HTTP/1.0 may do without. */
    private static String host(RequestHead head) throws WireException {
        var hosts = head.headers().all("Host");
        if (hosts.isEmpty() && head.minor() == 0) {
            return "";
        }
        if (hosts.size() != 1) {
            throw new WireException(hosts.isEmpty() ? "Host is missing" : "more than one Host");
        }
        var host = hosts.getFirst();
        if (!RequestTarget.isAuthority(host)) {
            throw new WireException("Host is not a host and port");
        }
        return host;
    }
}
