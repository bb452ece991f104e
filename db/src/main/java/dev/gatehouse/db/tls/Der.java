package dev.gatehouse.db.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** As much DER as it takes to put the older private key forms into PKCS#8 (RFC 5958), the only one the JDK reads. */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION = bytes("020100");
    private static final byte[] RSA = bytes("300d06092a864886f70d0101010500");
    private static final byte[] EC = bytes("06072a8648ce3d0201");

    private Der() {}

    /** @param pkcs1 RFC 8017 RSAPrivateKey */
    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return element(SEQUENCE, VERSION, RSA, element(OCTETS, pkcs1));
    }

    /** @param sec1 RFC 5915 ECPrivateKey that names its curve */
    static byte[] pkcs8OfEc(byte[] sec1) {
        try {
            var key = content(ByteBuffer.wrap(sec1), SEQUENCE);
            content(key, INTEGER);
            content(key, OCTETS);
            var curve = content(key, PARAMETERS);
            var name = new byte[curve.remaining()];
            curve.get(name);
            return element(SEQUENCE, VERSION, element(SEQUENCE, EC, name), element(OCTETS, sec1));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new PemException("The private key cannot be read as an EC key that names its curve.", e);
        }
    }

    /** What the next element holds; the buffer moves behind it. */
    private static ByteBuffer content(ByteBuffer from, int tag) {
        if (Byte.toUnsignedInt(from.get()) != tag) {
            throw new PemException("The private key cannot be read as an EC key that names its curve.");
        }
        int length = Byte.toUnsignedInt(from.get());
        if (length > 0x80) {
            int digits = length - 0x80;
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = (length << 8) | Byte.toUnsignedInt(from.get());
            }
        }
        var content = from.slice(from.position(), Math.min(length, from.remaining()));
        from.position(from.position() + length);
        return content;
    }

    static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (length >= 0x100) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length >= 0x80) { // DER has no other way: one digit where one is enough
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
