package dev.gatehouse.deploy.demo.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.deploy.demo.http.Answer;
import dev.gatehouse.deploy.demo.http.Call;
import dev.gatehouse.deploy.demo.http.Pause;
import dev.gatehouse.deploy.demo.http.RefusedException;
import dev.gatehouse.deploy.demo.http.Routes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Addresses with which a test or a benchmark sees what a gateway makes of a request, a stream or a failure. */
final class ProbeRoutes {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_EVENTS = 100_000;
    private static final int MOST_BYTES = 1 << 30;
    private static final byte[] ALPHABET =
            "abcdefghijklmnopqrstuvwxyz".repeat(630).getBytes(UTF_8);

    void addTo(Routes routes) {
        routes.on("POST", "/echo/body", this::echoBody)
                .onAny("/echo", this::echo)
                .on("GET", "/stream", this::stream)
                .onAny("/slow", this::slow)
                .onAny("/status/{code}", this::status)
                .on("GET", "/bytes/{n}", this::bytes);
    }

    private Answer echo(Call call) throws IOException {
        var length = call.body().transferTo(OutputStream.nullOutputStream());
        return Answer.json(
                200, new Echo(call.method(), call.path(), call.rawQuery().orElse(""), call.headers(), length));
    }

    /** The body goes back while it still comes, each piece as it is read. */
    private Answer echoBody(Call call) {
        var length = call.length().orElse(Answer.UNKNOWN);
        return Answer.stream(call.header("Content-Type").orElse("application/octet-stream"), length, out -> {
            var buffer = new byte[8192];
            for (var read = call.body().read(buffer);
                    read >= 0;
                    read = call.body().read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        });
    }

    private Answer stream(Call call) {
        var events = call.number("events", 10, 1, MOST_EVENTS);
        var every = call.time("every", Duration.ofMillis(100), LONGEST);
        return Answer.stream("text/event-stream", Answer.UNKNOWN, out -> {
                    for (var number = 1; number <= events; number++) {
                        if (number > 1) {
                            Pause.of(every);
                        }
                        out.write("id: %d\ndata: {\"event\":%d,\"of\":%d}\n\n"
                                .formatted(number, number, events)
                                .getBytes(UTF_8));
                        out.flush();
                    }
                })
                .with("Cache-Control", "no-store");
    }

    private Answer slow(Call call) throws IOException {
        var time = call.time("for", Duration.ofMillis(500), LONGEST);
        Pause.of(time);
        return Answer.json(200, Map.of("waitedMillis", time.toMillis()));
    }

    private Answer status(Call call) {
        var code = call.variable("code");
        if (code < 200 || code > 599) {
            throw new RefusedException(400, "The status must be from 200 to 599.");
        }
        return List.of(204, 205, 304).contains(code) ? Answer.empty(code) : Answer.json(code, Map.of("status", code));
    }

    private Answer bytes(Call call) {
        var total = Optional.of(call.variable("n"))
                .filter(n -> n >= 0 && n <= MOST_BYTES)
                .orElseThrow(() -> new RefusedException(400, "From 0 to " + MOST_BYTES + " bytes."));
        return Answer.stream("application/octet-stream", total, out -> {
            for (var rest = total; rest > 0; rest -= ALPHABET.length) {
                out.write(ALPHABET, 0, Math.min(rest, ALPHABET.length));
            }
        });
    }

    /** @param headers every value by lower-case name */
    private record Echo(String method, String path, String query, Map<String, List<String>> headers, long bodyLength) {}
}
