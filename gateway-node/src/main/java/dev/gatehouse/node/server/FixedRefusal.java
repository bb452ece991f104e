package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.HeadBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a refusal that is always the same, but for the request's id and the date: a node that has more to do than
 * it can is not to spend it on saying so. Octet for octet what {@link Problem} and {@link ResponseWriter} make of it.
 */
final class FixedRefusal {

    private static final ConcurrentHashMap<Rejection, FixedRefusal> ALL = new ConcurrentHashMap<>();

    private static final byte[] LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] DATE = ascii("\r\nDate: ");
    private static final byte[] END = ascii("\r\n\r\n");

    /** Stands where the id will. */
    private static final String ID = "{id}";

    private final byte[] head;
    private final byte[] before;
    private final byte[] after;

    private FixedRefusal(Rejection rejection) {
        int status = rejection.refusal().status();
        var fields = Problem.about(rejection.headers().copy());
        head = written(new HeadBuffer().statusLine(status).fields(fields), "X-Request-Id: ");
        var json = Problem.json(status, rejection, ID);
        int at = json.indexOf(ID);
        before = json.substring(0, at).getBytes(StandardCharsets.UTF_8);
        after = json.substring(at + ID.length()).getBytes(StandardCharsets.UTF_8);
    }

    /** Null where an answer is none, or more than that. */
    static @Nullable FixedRefusal of(Response answer) {
        var rejection = answer.rejection();
        return rejection != null && rejection.fixed() && answer.untouched()
                ? ALL.computeIfAbsent(rejection, FixedRefusal::new)
                : null;
    }

    /** In one write, to a client whose connection stays. */
    void writeTo(OutputStream out, String id) throws IOException {
        int length = before.length + id.length() + after.length;
        var digits = Integer.toString(length);
        var date = HttpDate.now();
        var bytes = new byte
                [head.length
                        + id.length()
                        + LENGTH.length
                        + digits.length()
                        + DATE.length
                        + date.length()
                        + END.length
                        + length];
        int at = put(head, bytes, 0);
        at = put(id, bytes, at);
        at = put(LENGTH, bytes, at);
        at = put(digits, bytes, at);
        at = put(DATE, bytes, at);
        at = put(date, bytes, at);
        at = put(END, bytes, at);
        at = put(before, bytes, at);
        at = put(id, bytes, at);
        put(after, bytes, at);
        out.write(bytes);
    }

    private static int put(byte[] source, byte[] target, int at) {
        System.arraycopy(source, 0, target, at, source.length);
        return at + source.length;
    }

    @SuppressWarnings("deprecation") // it is ASCII, and nothing is made of it
    private static int put(String source, byte[] target, int at) {
        source.getBytes(0, source.length(), target, at);
        return at + source.length();
    }

    private static byte[] written(HeadBuffer fields, String name) {
        var bytes = new ByteArrayOutputStream();
        try {
            fields.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.writeBytes(ascii(name));
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
