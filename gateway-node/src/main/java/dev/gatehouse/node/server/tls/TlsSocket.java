package dev.gatehouse.node.server.tls;

import dev.gatehouse.node.wire.PeerChannel;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * An engine on a plain connection. One thread reads while another writes; an idle one holds no buffers.
 */
final class TlsSocket implements HelidonSocket {

    static final String ELSEWHERE = "Everything is read and written without Helidon's buffers";

    private static final byte[] NONE = {};
    private static final ByteBuffer NOTHING = ByteBuffer.wrap(NONE);

    /** For records of any length the engine wants room for the longest: such room need not be made each time. */
    private static final BlockingDeque<ByteBuffer> ROOM = new LinkedBlockingDeque<>(64);

    /** So many records at most go out in one write. */
    private static final int RECORDS = 2;

    private final ConnectionContext plain;
    private final PeerChannel peer;
    private final SSLEngine engine;
    private final Incoming incoming;
    private final ReentrantLock writing = new ReentrantLock();
    /** What was decrypted and not taken yet. */
    private ByteBuffer text = NOTHING;
    /** It stands where the reader wants it. */
    private boolean placed;

    private boolean ended;

    /**
     * @param peer the channel of the plain connection
     * @param incoming what was already read of the connection is still in it
     */
    TlsSocket(ConnectionContext plain, PeerChannel peer, SSLEngine engine, Incoming incoming) {
        this.plain = plain;
        this.peer = peer;
        this.engine = engine;
        this.incoming = incoming;
    }

    /** @throws IOException when it fails; the client was told why */
    void handshake() throws IOException {
        try {
            engine.beginHandshake();
            for (var status = engine.getHandshakeStatus(); runs(status); ) {
                status = switch (status) {
                    case NEED_TASK, NEED_WRAP -> reply(status);
                    default -> take().getHandshakeStatus();
                };
            }
        } catch (SSLException e) {
            finish();
            throw e;
        }
    }

    private static boolean runs(HandshakeStatus status) {
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private HandshakeStatus reply(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_WRAP) {
            return send(NOTHING).getHandshakeStatus();
        }
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        return engine.getHandshakeStatus();
    }

    private SSLEngineResult take() throws IOException {
        if (!incoming.awaitRecord()) {
            throw new IOException("the client ended the handshake");
        }
        var result = engine.unwrap(incoming.bytes(), ByteBuffer.allocate(incoming.recordLength()));
        if (result.getStatus() != Status.OK) {
            throw new IOException("the client ended the handshake: " + result.getStatus());
        }
        return result;
    }

    /** Waits for the next byte; false at the end. */
    boolean await() throws IOException {
        while (!text.hasRemaining()) {
            if (ended || !incoming.awaitRecord() || !open(NONE, 0, 0)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] target, int offset, int length) throws IOException {
        while (!text.hasRemaining()) {
            if (ended || !incoming.awaitRecord() || !open(target, offset, length)) {
                return -1;
            }
        }
        return taken(target, offset, length);
    }

    /** The same, but 0 when nothing has come. */
    int readNow(byte[] target, int offset, int length) throws IOException {
        while (!text.hasRemaining()) {
            if (!ended && !incoming.pollRecord()) {
                return 0;
            }
            if (ended || !open(target, offset, length)) {
                return -1;
            }
        }
        return taken(target, offset, length);
    }

    /** What can be read without waiting. */
    int available() {
        return text.remaining();
    }

    private int taken(byte[] target, int offset, int length) {
        int count = Math.min(length, text.remaining());
        if (placed) {
            text = NOTHING;
        } else {
            text.get(target, offset, count);
            text = text.hasRemaining() ? text : NOTHING;
        }
        return count;
    }

    /** Decrypts a record, into the target where that has the room; false at the end. */
    private boolean open(byte[] target, int offset, int length) throws IOException {
        int record = incoming.recordLength();
        placed = length >= record;
        var room = placed ? ByteBuffer.wrap(target, offset, length) : ByteBuffer.allocate(record);
        int start = room.position();
        try {
            var result = engine.unwrap(incoming.bytes(), room);
            if (result.getStatus() != Status.OK) {
                ended = true;
                return false;
            }
            if (runs(result.getHandshakeStatus())) {
                afterwards(result.getHandshakeStatus());
            }
        } catch (SSLException e) {
            finish();
            throw e;
        }
        text = room.limit(room.position()).position(start);
        return true;
    }

    /** TLS 1.3 changes keys (RFC 8446, 4.6.3). In TLS 1.2 it can only be a new handshake, which costs us more than the client. */
    private void afterwards(HandshakeStatus first) throws IOException {
        if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException("renegotiation is refused");
        }
        for (var status = first; status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP; ) {
            status = reply(status);
        }
    }

    void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (send(source).getStatus() == Status.CLOSED) {
                throw new IOException("the TLS connection is closed");
            }
        }
    }

    private SSLEngineResult send(ByteBuffer source) throws IOException {
        writing.lock();
        int size = engine.getSession().getPacketBufferSize();
        var pooled = ROOM.pollFirst();
        var room = pooled == null || pooled.capacity() < size ? ByteBuffer.allocate(RECORDS * size) : pooled;
        try {
            var result = engine.wrap(source, room);
            while (source.hasRemaining() && result.getStatus() == Status.OK && room.remaining() >= size) {
                result = engine.wrap(source, room);
            }
            if (room.position() > 0) {
                peer.write(room.flip());
            }
            return result;
        } finally {
            ROOM.offerFirst(room.clear());
            writing.unlock();
        }
    }

    /** Says goodbye, or why there is none: the last alert. What fails then does not matter any more. */
    void finish() {
        engine.closeOutbound();
        for (int attempt = 0; attempt < 4 && !engine.isOutboundDone(); attempt++) {
            try {
                send(NOTHING);
            } catch (SSLException e) {
                // thrown once for what went wrong; the alert is what comes next
            } catch (IOException e) {
                return;
            }
        }
    }

    /** With a goodbye, for which a client that does not read makes wait: who must not wait closes the channel. */
    @Override
    public void close() {
        finish();
        plain.serverSocket().close();
    }

    @Override
    public void idle() {
        plain.serverSocket().idle();
    }

    @Override
    public boolean isConnected() {
        return plain.serverSocket().isConnected();
    }

    @Override
    @SuppressWarnings("removal")
    public int read(BufferData buffer) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public byte[] get() {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public void write(BufferData buffer) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public boolean protocolNegotiated() {
        return !protocol().isEmpty();
    }

    @Override
    public String protocol() {
        var protocol = engine.getApplicationProtocol();
        return protocol == null ? "" : protocol;
    }

    @Override
    public PeerInfo remotePeer() {
        return plain.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return plain.localPeer();
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String socketId() {
        return plain.socketId();
    }

    @Override
    public String childSocketId() {
        return plain.childSocketId();
    }
}
