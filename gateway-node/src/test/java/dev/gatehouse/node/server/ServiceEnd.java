package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A service's end of a tunnel, and the test's hand on it: a pair of real sockets. */
final class ServiceEnd implements AutoCloseable {

    private final Socket gateway;
    private final Socket service;
    private final long idleMillis;

    ServiceEnd(long idleMillis) {
        this.idleMillis = idleMillis;
        var loopback = InetAddress.getLoopbackAddress();
        try (var listening = new ServerSocket(0, 1, loopback)) {
            gateway = new Socket(loopback, listening.getLocalPort());
            service = listening.accept();
            service.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Response accept() {
        return Response.switching(Headers.of("Sec-WebSocket-Accept", "yes", "Content-Length", "3"), new OverSocket());
    }

    ServiceEnd send(byte[] bytes) {
        try {
            service.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Exactly so many, fewer when the gateway ends. */
    byte[] read(int count) {
        try {
            return service.getInputStream().readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the gateway closed its end. */
    boolean ended() {
        return read(1).length == 0;
    }

    void endOutput() {
        try {
            service.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
            gateway.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class OverSocket implements Tunnel {

        @Override
        public InputStream in() {
            try {
                return gateway.getInputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public OutputStream out() {
            try {
                return gateway.getOutputStream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void endOutput() throws IOException {
            gateway.shutdownOutput();
        }

        @Override
        public long idleMillis() {
            return idleMillis;
        }

        @Override
        public void close() {
            try {
                gateway.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
