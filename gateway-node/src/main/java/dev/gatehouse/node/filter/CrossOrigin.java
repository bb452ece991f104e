package dev.gatehouse.node.filter;

import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Cors;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers which pages may call and read what comes back: the CORS protocol of the Fetch standard. A preflight
 * request ends here; what a service says of other origins itself is replaced.
 */
final class CrossOrigin implements Filter {

    private static final FieldNames SAID_BY_SERVICE = FieldNames.of(
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-allow-methods",
            "access-control-allow-headers",
            "access-control-expose-headers",
            "access-control-max-age");

    /** What scripts may send without asking; browsers ask for their other values. */
    private static final List<String> SAFELISTED =
            List.of("accept", "accept-language", "content-language", "content-type", "range");

    private final Cors cors;
    private final OriginPatterns origins;
    private final List<String> methods;
    private final List<String> headers;
    private final boolean anyHeader;

    CrossOrigin(Cors cors, Match match) {
        this.cors = cors;
        origins = new OriginPatterns(cors.origins());
        methods = (cors.methods().isEmpty()
                        ? Arrays.stream(Method.values()).filter(method -> match.takes(method.name()))
                        : cors.methods().stream())
                .map(Method::name)
                .toList();
        headers = cors.headers().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        anyHeader = headers.contains(Cors.ANY);
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var preflight = Preflight.of(exchange);
        if (preflight != null) {
            return answer(preflight);
        }
        var sent = exchange.headers().all("Origin");
        var origin = sent.size() == 1 ? sent.getFirst() : null;
        var response = next.handle(exchange);
        var fields = response.headers().remove(SAID_BY_SERVICE);
        if (origin != null && origins.allow(origin)) {
            allow(fields, origin);
            if (!cors.expose().isEmpty()) {
                fields.set("Access-Control-Expose-Headers", String.join(", ", cors.expose()));
            }
        }
        vary(fields);
        return response;
    }

    private Response answer(Preflight asked) {
        var refusal = refusal(asked);
        var fields = new Headers();
        vary(fields);
        if (!origins.any() || anyHeader) {
            fields.add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
        }
        if (refusal != null) {
            var rejection =
                    Rejection.of(Refusal.CORS_REFUSED, refusal).by("cors").toResponse();
            rejection.headers().addAll(fields);
            return rejection;
        }
        allow(fields, asked.origin());
        fields.add("Access-Control-Allow-Methods", String.join(", ", methods));
        var allowed = new ArrayList<>(anyHeader ? asked.headers() : cors.headers());
        if (!allowed.isEmpty()) {
            fields.add("Access-Control-Allow-Headers", String.join(", ", allowed));
        }
        fields.add("Access-Control-Max-Age", Long.toString(cors.maxAge().toSeconds()));
        return new Response(204, fields, Body.empty());
    }

    /** Says in the browser's network log what its console does not: which setting is in the way. */
    private @Nullable String refusal(Preflight asked) {
        if (!origins.allow(asked.origin())) {
            return "The origin of the calling page is not among those that this route allows.";
        }
        if (!methods.contains(asked.method())) {
            return "From other origins this route allows " + String.join(", ", methods)
                    + ", and not the method asked for.";
        }
        for (var name : asked.headers()) {
            if (!anyHeader && !headers.contains(name) && !SAFELISTED.contains(name)) {
                return "From other origins this route does not allow the header '" + name + "'.";
            }
        }
        return null;
    }

    private void allow(Headers fields, String origin) {
        fields.set("Access-Control-Allow-Origin", origins.any() ? Cors.ANY : origin);
        if (cors.credentials()) {
            fields.set("Access-Control-Allow-Credentials", "true");
        }
    }

    /** A cache must not give one origin's answer to another. */
    private void vary(Headers fields) {
        if (!origins.any()) {
            fields.add("Vary", "Origin");
        }
    }
}
