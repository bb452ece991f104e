package dev.gatehouse.node.traffic;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Variable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An OpenTelemetry collector, and what it is told.
 *
 * @param uri takes spans, OTLP over HTTP
 * @param headers of each message, such as a credential
 * @param service as spans call the gateway
 * @param share of the traces that begin here, 0 to 1; of others their callers have decided
 */
public record Collector(URI uri, Map<String, String> headers, String service, double share) {

    public Collector {
        headers = Map.copyOf(headers);
    }

    /** Empty where there is none. @throws Environment.Invalid when one of its variables breaks its rule */
    public static Optional<Collector> of(Environment environment) {
        return environment.text(Variable.OTEL_EXPORTER_OTLP_ENDPOINT).isEmpty()
                ? Optional.empty()
                : Optional.of(new Collector(
                        environment.made(Variable.OTEL_EXPORTER_OTLP_ENDPOINT, Collector::uri),
                        environment.text(Variable.OTEL_EXPORTER_OTLP_HEADERS).isEmpty()
                                ? Map.of()
                                : environment.made(Variable.OTEL_EXPORTER_OTLP_HEADERS, Collector::headers),
                        environment.required(Variable.OTEL_SERVICE_NAME),
                        environment.made(Variable.OTEL_TRACES_SAMPLER_ARG, Collector::share)));
    }

    private static URI uri(String text) {
        try {
            var uri = new URI(text.replaceAll("/+$", "") + "/v1/traces");
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below: the same rule was broken
        }
        throw new IllegalArgumentException("'" + text + "' must be a URL such as http://127.0.0.1:4318");
    }

    private static Map<String, String> headers(String text) {
        var headers = new LinkedHashMap<String, String>();
        for (var pair : text.split(",", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length < 2 || parts[0].isBlank()) {
                throw new IllegalArgumentException("'" + pair + "' must be NAME=VALUE, several separated by commas");
            }
            // a plus is a plus: only what is percent-encoded is decoded
            headers.put(
                    parts[0].strip(), URLDecoder.decode(parts[1].strip().replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // told below: the same rule was broken
        }
        throw new IllegalArgumentException("'" + text + "' must be a share from 0 to 1, such as 0.1");
    }
}
