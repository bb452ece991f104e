package dev.gatehouse.deploy.demo.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response that is not yet written.
 *
 * @param length of the body in bytes; {@link #UNKNOWN} makes it chunked
 */
public record Answer(int status, Map<String, String> headers, long length, Body body) {

    public static final long UNKNOWN = -1;

    /** Writes a body; what it flushes is sent at once. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), 0, _ -> {});
    }

    public static Answer json(int status, Object value) {
        return json(status, "application/json", value);
    }

    public static Answer json(int status, String type, Object value) {
        var bytes = Json.MAPPER.writeValueAsBytes(value);
        return new Answer(status, Map.of("Content-Type", type), bytes.length, out -> out.write(bytes));
    }

    public static Answer stream(String type, long length, Body body) {
        return new Answer(200, Map.of("Content-Type", type), length, body);
    }

    /** RFC 9457 with type about:blank, so that the title is the reason phrase of the status. */
    static Answer problem(int status, String detail) {
        return json(status, "application/problem+json", new Problem(Reasons.of(status), status, detail));
    }

    public Answer with(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, Map.copyOf(all), length, body);
    }

    private record Problem(String title, int status, String detail) {}
}
