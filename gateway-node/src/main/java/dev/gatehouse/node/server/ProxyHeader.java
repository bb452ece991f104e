package dev.gatehouse.node.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of its client before the client's first byte: the PROXY protocol, versions 1 and 2, as HAProxy's
 * {@code proxy-protocol.txt} has them. Helidon's own reader has no deadline, and leaves a byte of version 1's
 * {@code UNKNOWN} behind.
 */
final class ProxyHeader {

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final byte[] NAME = "PROXY ".getBytes(StandardCharsets.US_ASCII);

    /** With the line end. */
    private static final int LONGEST_LINE = 107;

    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final int HIGHEST_PORT = 65_535;

    private static final int LOCAL = 0x20;
    private static final int PROXIED = 0x21;

    private ProxyHeader() {}

    /**
     * Takes exactly the header from the stream.
     *
     * @return the client's address; null when the proxy speaks for itself, or of a client without an IP address
     * @throws IOException when it is none: the connection must be closed
     */
    static @Nullable InetAddress read(InputStream in) throws IOException {
        var begin = in.readNBytes(SIGNATURE.length);
        if (Arrays.equals(begin, SIGNATURE)) {
            return binary(in);
        }
        if (begin.length == SIGNATURE.length && Arrays.equals(begin, 0, NAME.length, NAME, 0, NAME.length)) {
            return text(begin, in);
        }
        throw malformed();
    }

    private static @Nullable InetAddress text(byte[] begin, InputStream in) throws IOException {
        var line = Arrays.copyOf(begin, LONGEST_LINE);
        int length = begin.length;
        // no line is shorter than what was read: PROXY UNKNOWN and its end are 15
        while (line[length - 1] != '\n') {
            int next = in.read();
            if (next < 0 || length == LONGEST_LINE) {
                throw malformed();
            }
            line[length++] = (byte) next;
        }
        if (line[length - 2] != '\r') {
            throw malformed();
        }
        var words = new String(line, 0, length - 2, StandardCharsets.US_ASCII).split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return null;
        }
        boolean four = words[1].equals("TCP4");
        if (words.length != 6 || !(four || words[1].equals("TCP6")) || !port(words[4]) || !port(words[5])) {
            throw malformed();
        }
        literal(words[3], four);
        return literal(words[2], four);
    }

    private static InetAddress literal(String text, boolean four) throws IOException {
        boolean colon = text.indexOf(':') >= 0;
        if (colon != four && text.indexOf('%') < 0) {
            try {
                return IpLiteral.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IOException("a PROXY header with an address that is none", e);
            }
        }
        throw malformed();
    }

    private static boolean port(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= HIGHEST_PORT;
    }

    private static @Nullable InetAddress binary(InputStream in) throws IOException {
        var fixed = exactly(in, 4);
        int command = fixed[0] & 0xff;
        int length = ((fixed[2] & 0xff) << 8) | (fixed[3] & 0xff);
        if (command == LOCAL) {
            in.skipNBytes(length);
            return null;
        }
        if (command != PROXIED) {
            throw malformed();
        }
        return switch (fixed[1]) {
            case 0x11 -> source(in, length, 4);
            case 0x21 -> source(in, length, 16);
            // unspecified, and a UNIX socket
            case 0x00, 0x31 -> {
                in.skipNBytes(length);
                yield null;
            }
            default -> throw malformed();
        };
    }

    /** The first of two addresses; then come two ports, and what else the proxy had to say. */
    private static InetAddress source(InputStream in, int length, int octets) throws IOException {
        int addresses = 2 * octets + 4;
        if (length < addresses) {
            throw malformed();
        }
        var source = IpLiteral.of(exactly(in, octets));
        in.skipNBytes(length - octets);
        return source;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("a PROXY header that ends early");
        }
        return bytes;
    }

    private static IOException malformed() {
        return new IOException("not a PROXY header");
    }
}
