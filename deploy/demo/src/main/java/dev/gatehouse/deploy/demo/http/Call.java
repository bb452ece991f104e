package dev.gatehouse.deploy.demo.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** A request, and what its route caught in braces. */
public final class Call {

    private static final int LARGEST_JSON = 64 * 1024;

    private final HttpExchange exchange;
    private final Map<String, String> variables;
    private final Map<String, String> query;

    Call(HttpExchange exchange, Map<String, String> variables) {
        this.exchange = exchange;
        this.variables = variables;
        this.query = parse(rawQuery().orElse(""));
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    /** As it was sent, still percent-encoded. */
    public String path() {
        return exchange.getRequestURI().getRawPath();
    }

    public Optional<String> rawQuery() {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
    }

    /** The decoded value of a query parameter; of several with one name the first. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Every value by lower-case name. */
    public Map<String, List<String>> headers() {
        var headers = new TreeMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return headers;
    }

    /** Several lines of one header are one list (RFC 9110, 5.3). */
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().get(name)).map(values -> String.join(", ", values));
    }

    /** The length that was announced; empty without a body and when it is chunked. */
    public Optional<Long> length() {
        return header("Content-Length").map(Long::valueOf);
    }

    public InputStream body() {
        return exchange.getRequestBody();
    }

    /** The whole body, read as JSON. Refuses with 413, 415, 400 for what is no JSON and 422 for what does not fit. */
    public <T> T json(Class<T> type) throws IOException {
        var sent = header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!sent.equalsIgnoreCase("application/json")) {
            throw new RefusedException(415, "The body must be application/json.");
        }
        var bytes = body().readNBytes(LARGEST_JSON + 1);
        if (bytes.length > LARGEST_JSON) {
            throw new RefusedException(413, "The body is at most " + LARGEST_JSON + " bytes.");
        }
        try {
            var tree = Json.MAPPER.readTree(bytes);
            if (tree.isObject()) {
                return Json.MAPPER.treeToValue(tree, type);
            }
            throw new RefusedException(tree.isMissingNode() ? 400 : 422, "The body must be an object.");
        } catch (DatabindException e) {
            throw new RefusedException(422, misfit(e));
        } catch (JacksonException e) {
            throw new RefusedException(400, "The body is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Jackson's own message names our classes. */
    private static String misfit(DatabindException e) {
        var field = e.getPath().stream()
                .map(Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return e instanceof UnrecognizedPropertyException
                ? field + " is not known here."
                : field + " has the wrong type.";
    }

    /** A whole number in the path; refuses with 404 when it is none, for then nothing is there. */
    public int variable(String name) {
        try {
            return Integer.parseInt(variables.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new RefusedException(404, "Nothing is at " + path() + ".");
        }
    }

    public int number(String name, int otherwise, int least, int most) {
        try {
            var number = query(name).map(Integer::valueOf).orElse(otherwise);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below with the same rule.
        }
        throw new RefusedException(400, name + " must be a number from " + least + " to " + most + ".");
    }

    public Duration time(String name, Duration otherwise, Duration most) {
        return query(name)
                .map(Spans::parse)
                .orElse(Optional.of(otherwise))
                .filter(time -> time.compareTo(most) <= 0)
                .orElseThrow(() -> new RefusedException(
                        400, name + " must be a time like 250ms or 2s, at most " + most.toSeconds() + "s."));
    }

    private static Map<String, String> parse(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            var parts = pair.split("=", 2);
            parameters.putIfAbsent(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
