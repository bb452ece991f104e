package dev.gatehouse.node.server.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * As much of a client's first message (RFC 8446, 4.1.2) as has to be known before an engine can be chosen for it. The
 * engine reads the same bytes anew and judges them.
 *
 * @param serverName the host asked for (RFC 6066, 3), in lower case; empty without
 */
record ClientHello(Optional<String> serverName) {

    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;

    /** Much more than any client has to say; the JDK takes 32 KiB. */
    static final int MAX = 32 << 10;

    /** The bytes are not the beginning of a TLS connection, or end in the middle of nothing sensible. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * Reads what has come so far; the buffer's position stays.
     *
     * @return empty while the message is incomplete
     */
    static Optional<ClientHello> read(ByteBuffer received) throws MalformedException {
        var message = ByteBuffer.allocate(received.remaining());
        var records = received.duplicate();
        while (records.hasRemaining()) {
            if (records.get(records.position()) != HANDSHAKE_RECORD) {
                throw new MalformedException("not a TLS handshake");
            }
            if (records.remaining() < 5) {
                break;
            }
            int length = Short.toUnsignedInt(records.getShort(records.position() + 3));
            records.position(records.position() + 5);
            int there = Math.min(length, records.remaining());
            message.put(records.slice(records.position(), there));
            records.position(records.position() + there);
        }
        message.flip();
        return whole(message) ? Optional.of(parse(message)) : Optional.empty();
    }

    private static boolean whole(ByteBuffer message) throws MalformedException {
        if (message.hasRemaining() && message.get(0) != CLIENT_HELLO) {
            throw new MalformedException("the first message is no ClientHello");
        }
        if (message.remaining() < HANDSHAKE_HEADER) {
            return false;
        }
        int length = message.getInt(0) & 0xff_ffff;
        if (length > MAX) {
            throw new MalformedException("a ClientHello of " + length + " bytes");
        }
        return message.remaining() >= HANDSHAKE_HEADER + length;
    }

    private static ClientHello parse(ByteBuffer message) throws MalformedException {
        try {
            var body = message.slice(HANDSHAKE_HEADER, message.getInt(0) & 0xff_ffff);
            body.position(VERSION_AND_RANDOM);
            part(body, Byte.toUnsignedInt(body.get()));
            part(body, Short.toUnsignedInt(body.getShort()));
            part(body, Byte.toUnsignedInt(body.get()));
            if (!body.hasRemaining()) {
                return new ClientHello(Optional.empty());
            }
            var extensions = part(body, Short.toUnsignedInt(body.getShort()));
            while (extensions.hasRemaining()) {
                int type = Short.toUnsignedInt(extensions.getShort());
                var extension = part(extensions, Short.toUnsignedInt(extensions.getShort()));
                if (type == SERVER_NAME) {
                    return new ClientHello(hostName(extension));
                }
            }
            return new ClientHello(Optional.empty());
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedException("a ClientHello whose lengths do not add up");
        }
    }

    private static Optional<String> hostName(ByteBuffer extension) {
        var names = part(extension, Short.toUnsignedInt(extension.getShort()));
        while (names.hasRemaining()) {
            int type = names.get();
            var name = part(names, Short.toUnsignedInt(names.getShort()));
            if (type == HOST_NAME) {
                return Optional.of(
                        StandardCharsets.ISO_8859_1.decode(name).toString().toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    /** The next bytes; the buffer moves behind them. */
    private static ByteBuffer part(ByteBuffer from, int length) {
        var part = from.slice(from.position(), length);
        from.position(from.position() + length);
        return part;
    }
}
