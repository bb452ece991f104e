package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.HopByHop;
import dev.gatehouse.node.wire.Trailers;
import dev.gatehouse.node.wire.hpack.HpackEncoder;
import dev.gatehouse.node.wire.http2.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * From a response to frames. What a body's stream gives is sent at once, as far as the client takes it; when it fails,
 * the write fails before anything that would look like an end.
 */
final class AnswerWriter {

    private static final System.Logger LOG = System.getLogger(AnswerWriter.class.getName());

    private final OpenStream stream;
    private final FrameOutput out;
    private final Budget earned;
    private final ReentrantLock interim = new ReentrantLock();
    private boolean answering;

    /** @param earned for what is sent, which the client may answer with frames of its own */
    AnswerWriter(OpenStream stream, FrameOutput out, Budget earned) {
        this.stream = stream;
        this.out = out;
        this.earned = earned;
    }

    /**
     * Sends an answer before the answer, unless that has begun; by any thread. A client that is gone is told nothing.
     *
     * @param status 100 to 199
     */
    void interim(int status, Headers headers) {
        var fields = headers.copy().remove("Content-Length");
        HopByHop.remove(fields);
        interim.lock();
        try {
            if (!answering && status != 101) {
                out.head(stream, new HpackEncoder().status(status).fields(fields), null, 0, false);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "an interim answer was not sent", e);
        } finally {
            interim.unlock();
        }
    }

    private void answering() {
        interim.lock();
        try {
            answering = true;
        } finally {
            interim.unlock();
        }
    }

    /**
     * Writes it whole.
     *
     * @throws IllegalArgumentException when a header cannot be sent; nothing was sent then
     * @throws IOException when the client is gone or the body is cut short: the stream must be reset
     */
    void write(Response response, String method) throws IOException {
        answering();
        var headers = response.headers();
        var announced = headers.all("Trailer");
        HopByHop.remove(headers);
        long length = response.body().length();
        boolean bodiless = method.equals("HEAD") || response.status() == 304 || response.status() == 204;
        if (response.status() == 204 || !bodiless) {
            headers.remove("Content-Length");
        }
        // of HEAD, the length that a GET would have had: RFC 9110, 8.6
        if ((!bodiless && length >= 0) || (method.equals("HEAD") && length > 0)) {
            headers.set("Content-Length", Long.toString(length));
        }
        if (length < 0) {
            announced.forEach(names -> headers.add("Trailer", names));
        }
        var head = new HpackEncoder().status(response.status()).fields(headers);
        earned.earn(4);
        if (bodiless || length == 0) {
            var trailers = response.body().trailers();
            if (bodiless || trailers.size() == 0) {
                out.head(stream, head, null, 0, true);
            } else {
                out.head(stream, head, null, 0, false);
                trailers(trailers);
            }
        } else {
            body(head, response, length);
        }
    }

    /**
     * Says that the stream goes on in another protocol: RFC 8441, 5.
     *
     * @throws IllegalArgumentException when a header cannot be sent; nothing was sent then
     */
    void open(Response response) throws IOException {
        answering();
        var headers = response.headers().remove("Content-Length").remove("Sec-WebSocket-Accept");
        HopByHop.remove(headers);
        out.head(stream, new HpackEncoder().status(200).fields(headers), null, 0, false);
    }

    /** What the other protocol says; waits until the client has taken it all. */
    void data(byte[] source, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += Limits.FRAME) {
            int count = Math.min(length - at, Limits.FRAME);
            var frame = new byte[Frame.HEAD + count];
            System.arraycopy(source, offset + at, frame, Frame.HEAD, count);
            send(null, frame, count, false);
        }
    }

    /** The other protocol has said everything. */
    void end() throws IOException {
        end(null, new byte[Frame.HEAD], null);
    }

    private void body(HpackEncoder encoded, Response response, long length) throws IOException {
        var in = response.body().stream();
        int size = (int) (length < 0 ? Limits.FRAME : Math.min(length, Limits.FRAME));
        var frame = new byte[Frame.HEAD + size];
        HpackEncoder head = encoded;
        if (in.available() == 0) {
            out.head(stream, head, null, 0, false);
            head = null;
        }
        long left = length < 0 ? Long.MAX_VALUE : length;
        while (true) {
            int count = in.read(frame, Frame.HEAD, (int) Math.min(size, left));
            if (count < 0) {
                if (length >= 0) {
                    throw new IOException("the body ended " + left + " bytes short of its length");
                }
                end(head, frame, response.body().trailers());
                return;
            }
            if (count == 0) {
                continue;
            }
            left -= length < 0 ? 0 : count;
            boolean last = left == 0 && atEnd(in);
            var trailers = last ? response.body().trailers() : null;
            boolean ends = trailers != null && trailers.size() == 0;
            send(head, frame, count, ends);
            head = null;
            if (last) {
                if (!ends) {
                    end(null, frame, trailers);
                }
                return;
            }
        }
    }

    /** Whether the body says so too; its trailers are known then. A body longer than its length ends here all the same. */
    private static boolean atEnd(InputStream in) throws IOException {
        in.read();
        return true;
    }

    private void send(@Nullable HpackEncoder head, byte[] frame, int count, boolean ends) throws IOException {
        earned.earn(2 + count / 1024);
        if (head != null) {
            if (stream.window().tryTake(count)) {
                out.head(stream, head, frame, count, ends);
                return;
            }
            out.head(stream, head, null, 0, false);
        }
        for (int at = 0; at < count; ) {
            int taken = stream.window().take(count - at);
            out.data(stream, frame, Frame.HEAD + at, taken, ends && at + taken == count);
            at += taken;
        }
    }

    private void end(@Nullable HpackEncoder head, byte[] frame, @Nullable Headers trailers) throws IOException {
        if (head != null) {
            out.head(stream, head, null, 0, false);
        }
        if (trailers == null || trailers.size() == 0) {
            out.data(stream, frame, Frame.HEAD, 0, true);
        } else {
            trailers(trailers);
        }
    }

    private void trailers(Headers trailers) throws IOException {
        HpackEncoder block;
        try {
            block = new HpackEncoder().fields(Trailers.relayed(trailers));
        } catch (IllegalArgumentException e) {
            throw new IOException("a trailer that cannot be sent", e);
        }
        out.head(stream, block, null, 0, true);
    }
}
