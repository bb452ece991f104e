package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;

/** A rejection as the caller sees it: RFC 9457. */
final class Problem {

    private Problem() {}

    /** @param response what the filters made of the rejection; its headers are kept */
    static Response render(Response response, Rejection rejection, String id) {
        response.close();
        var headers = about(response.headers());
        var json = json(response.status(), rejection, id);
        return new Response(response.status(), headers, Body.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    static Headers about(Headers headers) {
        return headers.set("Content-Type", "application/problem+json").set("Cache-Control", "no-store");
    }

    static String json(int status, Rejection rejection, String id) {
        var code = rejection.refusal().code();
        var json = new Json()
                .text("type", "urn:gatehouse:problem:" + code)
                .text("title", rejection.refusal().title())
                .number("status", status)
                .text("detail", rejection.reason())
                .text("code", code)
                .text("requestId", id);
        var policy = rejection.policy();
        if (policy != null) {
            json.text("policy", policy);
        }
        var violation = rejection.violation();
        if (violation != null) {
            json.texts("violated-policies", violation.policies()).number("resetSeconds", violation.resetSeconds());
            if (!violation.documentation().isEmpty()) {
                json.text("documentation", violation.documentation());
            }
        }
        return json.toString();
    }
}
