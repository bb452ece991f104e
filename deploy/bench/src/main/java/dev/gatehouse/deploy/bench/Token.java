package dev.gatehouse.deploy.bench;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A signed token (JWT, ES256) of an issuer that only this run knows. */
final class Token {

    private static final Duration GOOD = Duration.ofDays(1);
    private static final int COORDINATE = 32;

    private final KeyPair keys;

    Token() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new BenchException("This JDK has no P-256.", e);
        }
    }

    /** The issuer's public key as a JWK Set. */
    String keySet() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"use\":\"sig\",\"kid\":\"bench\",\"x\":\""
                + coordinate(point.getAffineX()) + "\",\"y\":\"" + coordinate(point.getAffineY()) + "\"}]}";
    }

    private static String coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var padded = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE - length, length);
        return text(padded);
    }

    /** What its holder shows. */
    String signed() {
        var now = Instant.now();
        var said = text("{\"alg\":\"ES256\",\"kid\":\"bench\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + text(("{\"iss\":\"bench\",\"sub\":\"4711\",\"client_id\":\"bench\",\"iat\":" + now.getEpochSecond()
                                + ",\"exp\":" + now.plus(GOOD).getEpochSecond() + "}")
                        .getBytes(StandardCharsets.UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(said.getBytes(StandardCharsets.US_ASCII));
            return said + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new BenchException("This JDK cannot sign with ES256.", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
