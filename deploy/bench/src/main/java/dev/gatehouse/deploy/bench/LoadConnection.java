package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of the load: one request at a time, its answer's length given in its head. */
final class LoadConnection {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: *close");
    private static final int HEAD = 8192;
    private static final int STATUS = 9;

    enum Received {
        MORE,
        DONE,
        /** No further request may be sent. */
        OVER
    }

    private final SocketChannel channel;
    private final byte[] head = new byte[HEAD];
    private int have;
    /** Of the body, still to come; below 0 while the head is not whole. */
    private long left = -1;

    private int status;
    private boolean last;
    private @Nullable Flow flow;
    private long due;

    LoadConnection(InetSocketAddress target, Selector selector) throws IOException {
        channel = SocketChannel.open(target);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isBusy() {
        return flow != null;
    }

    /** @return false where the connection is over */
    boolean send(Flow ours, long since) {
        flow = ours;
        due = since;
        have = 0;
        left = -1;
        try {
            // a few octets into an empty buffer
            return channel.write(ByteBuffer.wrap(ours.request())) == ours.request().length;
        } catch (IOException e) {
            return false;
        }
    }

    Received receive(ByteBuffer piece, long begin) {
        try {
            while (true) {
                piece.clear();
                int read = channel.read(piece);
                if (read <= 0) {
                    return read < 0 ? Received.OVER : Received.MORE;
                }
                take(piece.flip());
                var ours = flow;
                if (left == 0 && ours != null) {
                    flow = null;
                    ours.answered(status, begin, due, System.nanoTime());
                    return last ? Received.OVER : Received.DONE;
                }
            }
        } catch (IOException e) {
            return Received.OVER;
        }
    }

    private void take(ByteBuffer piece) throws IOException {
        while (left < 0 && piece.hasRemaining()) {
            if (have == HEAD) {
                throw new IOException("a head of more than " + HEAD + " octets");
            }
            head[have++] = piece.get();
            if (head[have - 1] == '\n' && have > 3 && head[have - 3] == '\n') {
                headIsWhole();
            }
        }
        if (left >= 0) {
            left -= piece.remaining();
        }
    }

    private void headIsWhole() throws IOException {
        var text = new String(head, 0, have, StandardCharsets.ISO_8859_1);
        var length = LENGTH.matcher(text);
        if (!length.find()) {
            throw new IOException("an answer without its length");
        }
        left = Long.parseLong(length.group(1));
        last = CLOSE.matcher(text).find();
        status = Integer.parseInt(text.substring(STATUS, STATUS + 3));
    }

    void close() throws IOException {
        var ours = flow;
        if (ours != null) {
            flow = null;
            ours.broken();
        }
        channel.close();
    }
}
