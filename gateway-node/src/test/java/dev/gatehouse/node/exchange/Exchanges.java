package dev.gatehouse.node.exchange;

import java.net.InetAddress;

/** Requests as a listener hands them on: from 203.0.113.5 to https://api.example:8443. */
public final class Exchanges {

    private static final String CLIENT = "203.0.113.5";

    private Exchanges() {}

    public static Exchange get(String target, String... headers) {
        return of("GET", target, headers);
    }

    /** @param version of HTTP: 1.0, 1.1 or 2 */
    public static Exchange in(String version) {
        return of("GET", "/", new Headers(), Body.empty(), CLIENT, Downstream.PLAIN, version);
    }

    /** Without a body. */
    public static Exchange of(String method, String target, String... headers) {
        return of(method, target, Headers.of(headers), Body.empty(), CLIENT);
    }

    public static Exchange post(String target, Body body, String... headers) {
        return of("POST", target, Headers.of(headers), body, CLIENT);
    }

    /** Over a connection that takes more than one final answer. */
    public static Exchange over(Downstream downstream, String method, String target, Body body, String... headers) {
        return of(method, target, Headers.of(headers), body, CLIENT, downstream, "1.1");
    }

    /** @param address of the client, as a literal */
    public static Exchange from(String address) {
        return of("GET", "/", new Headers(), Body.empty(), address);
    }

    /** @param host as the client sends it */
    public static Exchange at(String host, String method, String target, String... headers) {
        return of(host, method, target, Headers.of(headers), Body.empty(), CLIENT, Downstream.PLAIN, "1.1");
    }

    private static Exchange of(String method, String target, Headers headers, Body body, String client) {
        return of(method, target, headers, body, client, Downstream.PLAIN, "1.1");
    }

    private static Exchange of(
            String method,
            String target,
            Headers headers,
            Body body,
            String client,
            Downstream downstream,
            String version) {
        return of("api.example:8443", method, target, headers, body, client, downstream, version);
    }

    private static Exchange of(
            String host,
            String method,
            String target,
            Headers headers,
            Body body,
            String client,
            Downstream downstream,
            String version) {
        int mark = target.indexOf('?');
        return new Exchange(
                "request-1",
                new RequestLine(
                        method,
                        host,
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? null : target.substring(mark + 1),
                        version),
                new Client(InetAddress.ofLiteral(client), "https", null),
                headers,
                body,
                downstream);
    }
}
