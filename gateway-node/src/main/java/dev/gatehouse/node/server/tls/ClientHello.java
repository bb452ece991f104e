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
 * @param fallback whether the client knows a newer version than it offers and believes that we do not (RFC 7507)
 */
record ClientHello(Optional<String> serverName, boolean fallback) {

    private static final int HANDSHAKE_RECORD = 22;
    private static final int RECORD_HEADER = 5;
    private static final int CLIENT_HELLO = 1;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final short FALLBACK_SCSV = 0x5600;
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
        // what follows the message is another's business: a client may already have sent more
        while (!whole(message.duplicate().flip())) {
            if (records.hasRemaining() && records.get(records.position()) != HANDSHAKE_RECORD) {
                throw new MalformedException("not a TLS handshake");
            }
            if (records.remaining() < RECORD_HEADER) {
                return Optional.empty();
            }
            int length = Short.toUnsignedInt(records.getShort(records.position() + 3));
            records.position(records.position() + RECORD_HEADER);
            int there = Math.min(length, records.remaining());
            message.put(records.slice(records.position(), there));
            records.position(records.position() + there);
        }
        return Optional.of(parse(message.flip()));
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
            boolean fallback = contains(part(body, Short.toUnsignedInt(body.getShort())), FALLBACK_SCSV);
            part(body, Byte.toUnsignedInt(body.get()));
            var serverName = Optional.<String>empty();
            if (body.hasRemaining()) {
                var extensions = part(body, Short.toUnsignedInt(body.getShort()));
                while (extensions.hasRemaining()) {
                    int type = Short.toUnsignedInt(extensions.getShort());
                    var extension = part(extensions, Short.toUnsignedInt(extensions.getShort()));
                    switch (type) {
                        case SERVER_NAME -> serverName = hostName(extension);
                        // TLS 1.3: there is nothing newer
                        case SUPPORTED_VERSIONS -> fallback = false;
                        default -> {}
                    }
                }
            }
            return new ClientHello(serverName, fallback);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedException("a ClientHello whose lengths do not add up");
        }
    }

    private static boolean contains(ByteBuffer ciphers, short wanted) {
        while (ciphers.hasRemaining()) {
            if (ciphers.getShort() == wanted) {
                return true;
            }
        }
        return false;
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
