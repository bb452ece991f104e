package dev.gatehouse.deploy.bench.relay;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * What the JVM can do at most: a virtual thread a connection, blocking channels, direct buffers, an upstream connection
 * each, and no parsing beyond finding where a message ends. Takes requests without a body and answers with a
 * Content-Length, whose name has to be spelled like that.
 */
public final class Relay {

    private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int SIZE = 64 << 10;

    private final InetSocketAddress upstream;

    private Relay(InetSocketAddress upstream) {
        this.upstream = upstream;
    }

    /** @param arguments the port to listen on and the port of the upstream, both on loopback */
    public static void main(String[] arguments) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        var relay = new Relay(new InetSocketAddress(loopback, Integer.parseInt(arguments[1])));
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(loopback, Integer.parseInt(arguments[0])), 4096);
            while (true) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> relay.serve(client));
            }
        }
    }

    private void serve(SocketChannel accepted) {
        try (var client = accepted;
                var service = SocketChannel.open(upstream)) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            service.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var buffer = ByteBuffer.allocateDirect(SIZE);
            while (request(client, service, buffer.clear())) {
                answer(service, client, buffer.clear());
            }
        } catch (IOException e) {
            // one of the two has had enough
        }
    }

    private static boolean request(SocketChannel client, SocketChannel service, ByteBuffer buffer) throws IOException {
        do {
            if (client.read(buffer) < 0) {
                return false;
            }
        } while (headEnd(buffer) < 0);
        write(buffer, service);
        return true;
    }

    private static void answer(SocketChannel service, SocketChannel client, ByteBuffer buffer) throws IOException {
        int end;
        do {
            read(service, buffer);
            end = headEnd(buffer);
        } while (end < 0);
        long left = end + length(buffer, end) - buffer.position();
        write(buffer, client);
        while (left > 0) {
            read(service, buffer.clear());
            left -= buffer.position();
            write(buffer, client);
        }
    }

    private static void read(SocketChannel from, ByteBuffer buffer) throws IOException {
        if (from.read(buffer) <= 0) {
            throw new EOFException("the message was cut short, or its head is too large");
        }
    }

    private static void write(ByteBuffer buffer, SocketChannel to) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    /** Where the body begins; -1 while the head is incomplete. */
    private static int headEnd(ByteBuffer buffer) {
        for (int at = 3; at < buffer.position(); at++) {
            if (buffer.get(at) == '\n' && buffer.get(at - 2) == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    private static long length(ByteBuffer buffer, int end) {
        for (int at = 0; at < end - LENGTH.length; at++) {
            if (matches(buffer, at)) {
                long length = 0;
                for (int i = at + LENGTH.length; buffer.get(i) != '\r'; i++) {
                    length = length * 10 + buffer.get(i) - '0';
                }
                return length;
            }
        }
        return 0;
    }

    private static boolean matches(ByteBuffer buffer, int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if (buffer.get(at + i) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }
}
