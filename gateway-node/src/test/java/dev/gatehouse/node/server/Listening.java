package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the listener's tests put behind it. */
final class Listening {

    static final ListenerSettings ANY_PORT = ListenerSettings.of("127.0.0.1", 0);

    private Listening() {}

    /** Tunnels do not outlive it by much. */
    static final ListenerSettings HASTY = ANY_PORT.withDeadlines(Deadlines.DEFAULT.withFarewell(Duration.ofSeconds(1)));

    static HttpListener to(Handler handler) {
        return HttpListener.start(ANY_PORT, handler);
    }

    static Response text(String text) {
        return new Response(200, Headers.of("Content-Type", "text/plain"), Body.of(bytes(text)));
    }

    /** The body as text, read to its end. */
    static String read(Exchange exchange) {
        try {
            return new String(exchange.body().stream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body as text; or the refusal that reading it came to. */
    static Response echo(Exchange exchange) {
        try {
            return text(new String(exchange.body().stream().readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (RefusedException e) {
            return Response.of(e.rejection());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
