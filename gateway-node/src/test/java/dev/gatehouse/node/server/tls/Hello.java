package dev.gatehouse.node.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** ClientHellos as clients send them that the JDK will not play; bytes as characters. */
final class Hello {

    private static final int[] CIPHERS = {0xc02b, 0xc02f, 0xc009, 0xc013, 0x002f};
    private static final int[] FALLBACK = {0xc02b, 0x5600};
    private static final int[] GROUPS = {0x001d, 0x0017};
    private static final int[] SIGNATURES = {0x0403, 0x0804, 0x0401};

    private Hello() {}

    /** @param version of the message, such as 0x0303 for TLS 1.2: it has no supported_versions */
    static String of(int version, String host) {
        return of(version, host, CIPHERS);
    }

    /** Of a client that tries an older version because a newer one failed. */
    static String fallingBack(int version, String host) {
        return of(version, host, FALLBACK);
    }

    private static String of(int version, String host, int[] ciphers) {
        return written(out -> {
            var message = written(body -> message(body, version, host, ciphers));
            out.writeByte(22);
            out.writeShort(0x0301);
            out.writeShort(message.length() + 4);
            out.writeInt(1 << 24 | message.length());
            out.writeBytes(message);
        });
    }

    /** The same message in records of that many bytes. */
    static String inRecordsOf(int size, String record) {
        var message = record.substring(5);
        return written(out -> {
            for (int at = 0; at < message.length(); at += size) {
                var part = message.substring(at, Math.min(message.length(), at + size));
                out.writeByte(22);
                out.writeShort(0x0301);
                out.writeShort(part.length());
                out.writeBytes(part);
            }
        });
    }

    private static void message(DataOutputStream out, int version, String host, int[] ciphers) throws IOException {
        out.writeShort(version);
        out.write(new byte[32]);
        out.writeByte(0);
        list(out, ciphers);
        out.writeShort(1 << 8);
        var extensions = written(all -> {
            all.writeShort(0);
            all.writeShort(host.length() + 5);
            all.writeShort(host.length() + 3);
            all.writeByte(0);
            all.writeShort(host.length());
            all.writeBytes(host);
            extension(all, 10, GROUPS);
            extension(all, 13, SIGNATURES);
            // extended_master_secret
            all.writeInt(23 << 16);
        });
        out.writeShort(extensions.length());
        out.writeBytes(extensions);
    }

    private static void extension(DataOutputStream out, int type, int[] values) throws IOException {
        out.writeShort(type);
        out.writeShort(2 * values.length + 2);
        list(out, values);
    }

    private static void list(DataOutputStream out, int[] values) throws IOException {
        out.writeShort(2 * values.length);
        for (int value : values) {
            out.writeShort(value);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static String written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
