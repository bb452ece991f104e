package dev.gatehouse.node.backend.http2;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.wire.hpack.HpackEncoder;
import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Frame;
import dev.gatehouse.node.wire.http2.Http2Exception;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to a server that speaks HTTP/2. What goes wrong with it goes wrong with its streams, and no others. */
public final class Http2Connection {

    /** Streams at once, whatever more the server allows: each may hold a window of unread bytes. */
    private static final int STREAMS = 100;

    /** After which no stream is begun: numbers end at 2^31. */
    private static final int LAST_STREAM = 1 << 30;

    /** Of all streams together; a slow one must not take it from the others, so what arrives is granted anew at once. */
    private static final int WINDOW = 1 << 20;

    private static final int HEADER_LIST = 64 << 10;
    private static final byte[] NOTHING = {};

    private final FrameWriter writer;
    private final Runnable close;
    private final Runnable changed;
    private final Pulse pulse;
    private final long opened = System.nanoTime();
    private final SendWindow sending = new SendWindow();
    private final ConcurrentHashMap<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final long answerNanos;
    private int next = 1;
    private int lent;
    private int allowed;
    private boolean greeted;
    private boolean retired;
    private int lastTaken = Integer.MAX_VALUE;
    private long idleSince = System.nanoTime();
    private @Nullable IOException failure;
    private int credit;

    private Http2Connection(OutputStream out, Runnable close, Runnable changed, Liveness liveness) {
        writer = new FrameWriter(out);
        this.close = close;
        this.changed = changed;
        pulse = new Pulse(liveness);
        answerNanos = liveness.answer().toNanos();
    }

    /**
     * Greets, and waits for the server's greeting.
     *
     * @param in read by a thread of the connection until it ends
     * @param close ends {@code in} and {@code out} at once
     * @param changed called when there may be room for a stream again, or never will be
     * @param due until when the server must have answered, as of {@link System#nanoTime}
     */
    public static Http2Connection open(
            InputStream in, OutputStream out, Runnable close, Runnable changed, Liveness liveness, long due)
            throws IOException {
        var connection = new Http2Connection(out, close, changed, liveness);
        try {
            connection.writer.open(Settings.ours(HEADER_LIST));
            connection.writer.send(Frame.of(Frame.WINDOW_UPDATE, 0, 0, WINDOW - Frame.WINDOW));
            Thread.ofVirtual().name("http2").start(() -> new Receiver(connection, in, HEADER_LIST).run());
            connection.awaitGreeting(due);
            return connection;
        } catch (IOException e) {
            connection.fail(e);
            throw e;
        }
    }

    /** A place for one stream, to be given back with {@link #release}. False: there is none. */
    public synchronized boolean reserve() {
        boolean room = !retired && !pulse.doubtful() && lent < Math.min(allowed, STREAMS);
        if (room) {
            lent++;
        }
        return room;
    }

    /** The last one to leave a connection that is in doubt closes it. */
    public void release() {
        boolean over;
        synchronized (this) {
            lent--;
            idleSince = System.nanoTime();
            over = lent == 0 && (retired || pulse.doubtful());
        }
        if (over) {
            close();
        }
        changed.run();
    }

    /**
     * Begins a stream on a reserved place.
     *
     * @param head pseudo-header fields first
     * @param last whether there is no body
     * @throws IllegalArgumentException when a field cannot be sent; nothing was sent then
     */
    public Http2Stream begin(Headers head, boolean last) throws IOException {
        var block = new HpackEncoder().head(head).toBytes();
        var begun = new ArrayList<Http2Stream>(1);
        try {
            if (!sent(() -> writer.headers(() -> number(last, begun), block, last))) {
                throw StreamResetException.tooLate();
            }
        } catch (IOException e) {
            if (begun.isEmpty()) {
                throw e;
            }
            // the stream knows, and may have been answered all the same
        }
        return begun.getFirst();
    }

    /** Nobody got an answer in time: until something is heard of the server it gets no new stream. */
    public void doubt() {
        pulse.doubt();
    }

    /** No new streams; those that run may end. */
    public void retire() {
        boolean over;
        synchronized (this) {
            retired = true;
            over = lent == 0;
        }
        if (over) {
            close();
        }
    }

    public void close() {
        goodbye(ErrorCode.NO_ERROR);
        fail(new IOException("the connection was closed"));
    }

    public synchronized boolean closed() {
        return failure != null;
    }

    public synchronized boolean idle() {
        return lent == 0;
    }

    /** Whether it has rested that long, or was used for so long. */
    public synchronized boolean expired(long now, long restNanos, long ageNanos) {
        return (lent == 0 && now - idleSince > restNanos) || now - opened > ageNanos;
    }

    /** From time to time: whether the server still reads and answers. */
    public void check(long now) {
        if (pulse.dead(now)) {
            fail(new SocketTimeoutException("it does not answer a PING"));
        } else if (writer.stalled(now) > answerNanos) {
            fail(new SocketTimeoutException("it does not read"));
        } else if (!idle() && pulse.asks(now)) {
            try {
                send(Frame.of(Frame.PING, 0, 0, 0x67617465, 0x686f7573));
            } catch (IOException e) {
                // the connection has failed, and its streams know
            }
        }
    }

    /** Returns how much of it was sent. */
    int data(Http2Stream stream, byte[] source, int offset, int length) throws IOException {
        int count = sending.take(stream, length);
        if (!sent(() -> writer.data(stream::writableId, source, offset, count, false))) {
            sending.add(count);
            stream.requireWritable();
        }
        return count;
    }

    void end(Http2Stream stream, Headers trailers) throws IOException {
        boolean ended;
        if (trailers.size() == 0) {
            ended = sent(() -> writer.data(stream::writableId, NOTHING, 0, 0, true));
        } else {
            var block = new HpackEncoder().fields(trailers).toBytes();
            ended = sent(() -> writer.headers(stream::writableId, block, true));
        }
        if (!ended) {
            stream.requireWritable();
        }
    }

    /** Grants a stream so much more. */
    void credit(int stream, int count) throws IOException {
        if (count > 0) {
            send(Frame.of(Frame.WINDOW_UPDATE, 0, stream, count));
        }
    }

    void forget(int stream, boolean tell) {
        if (streams.remove(stream) != null && tell) {
            reset(stream, ErrorCode.CANCEL);
        }
        sending.wake();
    }

    // from here on by the thread that reads

    @Nullable
    Http2Stream stream(int id) {
        return streams.get(id);
    }

    /** Whether it was begun by us, perhaps long ago. */
    synchronized boolean known(int id) {
        return id % 2 == 1 && id < next;
    }

    void heard(boolean traffic) {
        pulse.beat(traffic);
    }

    void received(int bytes) throws IOException {
        credit += bytes;
        if (credit >= WINDOW / 2) {
            send(Frame.of(Frame.WINDOW_UPDATE, 0, 0, credit));
            credit = 0;
        }
    }

    void apply(Settings settings) throws IOException {
        if (settings.window() >= 0) {
            sending.initial(settings.window(), streams.values());
        }
        synchronized (this) {
            if (settings.streams() >= 0) {
                allowed = settings.streams();
            } else if (!greeted) {
                allowed = Integer.MAX_VALUE;
            }
            greeted = true;
            notifyAll();
        }
        send(Frame.of(Frame.SETTINGS, Frame.ACK, 0));
        changed.run();
    }

    void grant(int stream, int increment) throws Http2Exception {
        if (stream == 0) {
            sending.add(increment);
            return;
        }
        var target = streams.get(stream);
        if (target != null) {
            sending.add(target, increment);
        }
    }

    void reset(Http2Stream stream, ErrorCode code) {
        stream.reset(code);
        sending.wake();
    }

    /** RFC 9113, 6.8: what is above {@code last} was not looked at. */
    void goingAway(int last) {
        var late = new ArrayList<Http2Stream>();
        synchronized (this) {
            retired = true;
            lastTaken = Math.min(lastTaken, last);
            streams.values().stream().filter(stream -> stream.id() > lastTaken).forEach(late::add);
        }
        late.forEach(stream -> stream.fail(StreamResetException.tooLate()));
        sending.wake();
        retire();
        changed.run();
    }

    /** A stream that the server broke, and no other. */
    void breakOff(Http2Stream stream, Http2Exception cause) {
        stream.fail(cause);
        streams.remove(stream.id());
        reset(stream.id(), cause.code());
        sending.wake();
    }

    void send(byte[] frame) throws IOException {
        try {
            writer.send(frame);
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    /** The last word before {@link #fail}. */
    void goodbye(ErrorCode code) {
        try {
            writer.send(Frame.of(Frame.GOAWAY, 0, 0, 0, code.number()));
        } catch (IOException e) {
            // it is gone already
        }
    }

    /** The end of the connection and of all that runs on it. */
    void fail(IOException cause) {
        List<Http2Stream> left;
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = cause;
            retired = true;
            left = List.copyOf(streams.values());
            streams.clear();
            notifyAll();
        }
        close.run();
        left.forEach(stream -> stream.fail(cause));
        sending.wake();
        changed.run();
    }

    private interface Sending {
        boolean send() throws IOException;
    }

    private boolean sent(Sending frames) throws IOException {
        try {
            return frames.send();
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    private void reset(int stream, ErrorCode code) {
        try {
            send(Frame.of(Frame.RST_STREAM, 0, stream, code.number()));
        } catch (IOException e) {
            // the connection has failed: nothing is left to be reset
        }
    }

    private synchronized int number(boolean last, List<Http2Stream> begun) {
        if (retired) {
            return 0;
        }
        int id = next;
        next += 2;
        retired = next > LAST_STREAM;
        var stream = new Http2Stream(this, id, last);
        // in this order: a change of the initial window meets it here or there
        streams.put(id, stream);
        sending.begin(stream);
        begun.add(stream);
        return id;
    }

    private synchronized void awaitGreeting(long due) throws IOException {
        while (!greeted) {
            if (failure != null) {
                throw failure;
            }
            long left = due - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("it does not greet in HTTP/2");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while connecting", e);
            }
        }
    }
}
