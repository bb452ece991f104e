package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.HealthCheck;
import dev.gatehouse.node.backend.http2.Http2Stream;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.PieceStream;
import dev.gatehouse.node.wire.BodyInput;
import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.HeadBuffer;
import dev.gatehouse.node.wire.HeadLimits;
import dev.gatehouse.node.wire.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks one endpoint once whether it is well, over a connection of its own. */
final class HealthProbe {

    private static final int BODY = 64 << 10;
    private static final int PIECE = 8 << 10;

    /** @param why what was seen, in a few words */
    record Outcome(boolean passed, String why) {}

    private final Reach reach;
    private final HealthCheck settings;

    /** @param settings of kind {@code none}: whether a connection can be made */
    HealthProbe(Reach reach, HealthCheck settings) {
        this.reach = reach;
        this.settings = settings;
    }

    Outcome run() {
        long due = System.nanoTime() + settings.timeout().toNanos();
        try {
            return switch (reach) {
                case Reach.Http1 one -> ask(one, due);
                case Reach.Http2 two -> ask(two, due);
            };
        } catch (SocketTimeoutException e) {
            return new Outcome(false, "no answer in time");
        } catch (IOException e) {
            return new Outcome(false, "broke off: " + e.getMessage());
        } catch (UpstreamFailure e) {
            return new Outcome(false, "no connection: " + reason(e));
        }
    }

    private Outcome ask(Reach.Http1 asked, long due) throws IOException, UpstreamFailure {
        var pool = asked.pool();
        var connection = pool.take(true, left(due));
        try {
            if (settings.kind() != HealthCheck.Kind.HTTP) {
                return new Outcome(true, "took a connection");
            }
            new HeadBuffer()
                    .requestLine(settings.method().name(), settings.path())
                    .field("Host", authority())
                    .field("User-Agent", "gatehouse")
                    .field("Connection", "close")
                    .end()
                    .writeTo(connection.out());
            connection.readUntil(due);
            var head = ResponseHead.read(connection.in(), HeadLimits.RESPONSE);
            while (head.status() < 200 && head.status() != 101) {
                head = ResponseHead.read(connection.in(), HeadLimits.RESPONSE);
            }
            var framing = Framing.ofResponse(head, settings.method().name());
            return judge(head.status(), BodyInput.of(framing, connection.in()));
        } finally {
            pool.discard(connection);
        }
    }

    private Outcome ask(Reach.Http2 asked, long due) throws IOException, UpstreamFailure {
        var lease = asked.pool().take(true, left(due));
        try {
            return switch (settings.kind()) {
                case NONE, TCP -> new Outcome(true, "took a connection");
                case HTTP -> {
                    var stream = lease.begin(
                            head(settings.method().name(), settings.path()).add("user-agent", "gatehouse"), true);
                    yield judge(status(stream, due), in(stream, due));
                }
                case GRPC -> GrpcHealth.ask(settings.grpcService(), head("POST", GrpcHealth.PATH), lease, due);
            };
        } finally {
            lease.end();
        }
    }

    private Headers head(String method, String path) {
        return new Headers()
                .add(":method", method)
                .add(":scheme", reach.target().origin().tls() ? "https" : "http")
                .add(":authority", authority())
                .add(":path", path);
    }

    private String authority() {
        return settings.host().isEmpty() ? reach.target().authority() : settings.host();
    }

    private static int status(Http2Stream stream, long due) throws IOException {
        var head = stream.head(due);
        while (head.status() < 200) {
            head = stream.head(due);
        }
        return head.status();
    }

    /** Its body, to be read by then. */
    static InputStream in(Http2Stream stream, long due) {
        return new PieceStream() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return stream.read(target, offset, length, due);
            }
        };
    }

    private Outcome judge(int status, InputStream body) throws IOException {
        if (!settings.expects(status)) {
            return new Outcome(false, "answered " + status);
        }
        if (settings.body().isEmpty() || contains(body)) {
            return new Outcome(true, "answered " + status);
        }
        return new Outcome(false, "answered " + status + " without '" + settings.body() + "'");
    }

    private boolean contains(InputStream body) throws IOException {
        var read = new ByteArrayOutputStream();
        var piece = new byte[PIECE];
        int count = 0;
        while (read.size() < BODY && (count = body.read(piece, 0, piece.length)) >= 0) {
            read.write(piece, 0, count);
        }
        return read.toString(StandardCharsets.UTF_8).contains(settings.body());
    }

    private static Duration left(long due) {
        return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
    }

    private static String reason(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
