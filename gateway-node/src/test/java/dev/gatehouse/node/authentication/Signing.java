package dev.gatehouse.node.authentication;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as a client does: RFC 9421 with hmac-sha256. */
final class Signing {

    private static final String COVERED = "(\"@method\" \"@authority\" \"@path\" \"@query\")";

    private Signing() {}

    /** The fields of a {@code GET https://api.example/}. */
    static String[] fields(String keyId, String secret, long created, String nonce) {
        var written = COVERED + ";created=" + created + ";keyid=\"" + keyId + "\";nonce=\"" + nonce + "\"";
        var base = "\"@method\": GET\n\"@authority\": api.example\n\"@path\": /\n\"@query\": ?\n\"@signature-params\": "
                + written;
        return new String[] {"Signature-Input: sig1=" + written, "Signature: sig1=:" + signature(base, secret) + ":"};
    }

    static String signature(String text, String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
