package dev.gatehouse.deploy.servers;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** Writes an X.509 certificate of RFC 5280. */
final class X509 {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OCTETS = 0x04;
    private static final int OBJECT = 0x06;
    private static final int UTF8 = 0x0C;
    private static final int TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

    private X509() {}

    static X509Certificate write(Issued.Wish wish, String issuer, KeyPair keys, PrivateKey signer) {
        var algorithm = element(SEQUENCE, algorithm(signer));
        var content = element(
                SEQUENCE,
                element(VERSION, element(INTEGER, new byte[] {2})),
                element(
                        INTEGER,
                        new BigInteger(64, new SecureRandom())
                                .add(BigInteger.ONE)
                                .toByteArray()),
                algorithm,
                name(issuer),
                element(SEQUENCE, time(wish.from()), time(wish.until())),
                name(wish.common()),
                keys.getPublic().getEncoded(),
                element(EXTENSIONS, element(SEQUENCE, extensions(wish))));
        var signature = Issued.sign(signer, content);
        return Issued.read(element(SEQUENCE, content, algorithm, bits(signature)));
    }

    private static byte[][] algorithm(PrivateKey signer) {
        return switch (signer) {
            case RSAPrivateKey _ -> new byte[][] {object("1.2.840.113549.1.1.11"), {5, 0}};
            case ECPrivateKey _ -> new byte[][] {object("1.2.840.10045.4.3.2")};
            default -> new byte[][] {object("1.3.101.112")};
        };
    }

    private static byte[] extensions(Issued.Wish wish) {
        var extensions = new ByteArrayOutputStream();
        if (wish.authority()) {
            extensions.writeBytes(extension("2.5.29.19", element(SEQUENCE, element(BOOLEAN, new byte[] {(byte) 0xFF
            }))));
        }
        if (!wish.names().isEmpty()) {
            extensions.writeBytes(extension(
                    "2.5.29.17",
                    element(
                            SEQUENCE,
                            joined(wish.names().stream()
                                    .map(name -> element(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)))
                                    .toList()))));
        }
        if (!wish.usages().isEmpty()) {
            extensions.writeBytes(extension(
                    "2.5.29.37",
                    element(
                            SEQUENCE,
                            joined(wish.usages().stream().map(X509::object).toList()))));
        }
        if (extensions.size() == 0) { // an empty list of extensions is malformed
            extensions.writeBytes(extension("2.5.29.15", HexFormat.of().parseHex("03020780")));
        }
        return extensions.toByteArray();
    }

    private static byte[] extension(String oid, byte[] value) {
        return element(SEQUENCE, object(oid), element(OCTETS, value));
    }

    private static byte[] name(String common) {
        var attribute = element(SEQUENCE, object("2.5.4.3"), element(UTF8, common.getBytes(StandardCharsets.UTF_8)));
        return element(SEQUENCE, element(SET, attribute));
    }

    private static byte[] time(Instant moment) {
        return element(TIME, MOMENT.format(moment.atOffset(ZoneOffset.UTC)).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bits(byte[] content) {
        return element(BITS, new byte[] {0}, content);
    }

    private static byte[] object(String oid) {
        var arcs = oid.split("\\.", -1);
        var content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            int arc = Integer.parseInt(arcs[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    content.write(0x80 | ((arc >> shift) & 0x7F));
                }
            }
            content.write(arc & 0x7F);
        }
        return element(OBJECT, content.toByteArray());
    }

    private static byte[] joined(List<byte[]> parts) {
        var joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static byte[] element(int tag, byte[]... parts) {
        var content = joined(List.of(parts));
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length >= 0x80) {
            // the length in as few octets as it takes, and how many those are: X.690, 10.1
            int octets = content.length >= 0x100 ? 2 : 1;
            element.write(0x80 | octets);
            if (octets == 2) {
                element.write(content.length >> 8);
            }
        }
        element.write(content.length);
        element.writeBytes(content);
        return element.toByteArray();
    }
}
