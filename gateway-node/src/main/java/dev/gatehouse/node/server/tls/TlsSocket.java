package dev.gatehouse.node.server.tls;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * An engine on a plain connection. One thread reads while another writes; an idle one holds no buffers.
 */
final class TlsSocket implements HelidonSocket {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int MAX_TEXT = 16 << 10;

    /** For a record of any length the engine wants room for the longest: 16 KiB that need not be made each time. */
    private static final BlockingQueue<ByteBuffer> ROOM = new ArrayBlockingQueue<>(64);

    private final ConnectionContext plain;
    private final SSLEngine engine;
    private final Incoming incoming;
    private final ReentrantLock writing = new ReentrantLock();

    /** @param incoming what was already read of the connection is still in it */
    TlsSocket(ConnectionContext plain, SSLEngine engine, Incoming incoming) {
        this.plain = plain;
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

    /** The next bytes; null at the end. */
    @Override
    public byte @Nullable [] get() {
        try {
            while (incoming.awaitRecord()) {
                var text = ByteBuffer.allocate(incoming.recordLength());
                var result = engine.unwrap(incoming.bytes(), text);
                if (result.getStatus() != Status.OK) {
                    return null;
                }
                if (runs(result.getHandshakeStatus())) {
                    afterwards(result.getHandshakeStatus());
                }
                if (text.position() > 0) {
                    var bytes = new byte[text.position()];
                    text.flip().get(bytes);
                    return bytes;
                }
            }
            return null;
        } catch (SSLException e) {
            finish();
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Override
    public void write(BufferData buffer) {
        try {
            var text = ByteBuffer.allocate(Math.min(buffer.available(), MAX_TEXT));
            while (!buffer.consumed()) {
                text.clear();
                buffer.writeTo(text, Math.min(buffer.available(), text.capacity()));
                text.flip();
                while (text.hasRemaining()) {
                    if (send(text).getStatus() == Status.CLOSED) {
                        throw new IOException("the TLS connection is closed");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLEngineResult send(ByteBuffer text) throws IOException {
        writing.lock();
        int size = engine.getSession().getPacketBufferSize();
        var pooled = ROOM.poll();
        var room = pooled == null || pooled.capacity() < size ? ByteBuffer.allocate(size) : pooled;
        try {
            var result = engine.wrap(text, room);
            if (room.position() > 0) {
                plain.dataWriter().writeNow(BufferData.create(room.array(), 0, room.position()));
            }
            return result;
        } catch (SSLException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IOException("the client's connection failed", e);
        } finally {
            ROOM.offer(room.clear());
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
        throw new UnsupportedOperationException("Everything is read by get()");
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
