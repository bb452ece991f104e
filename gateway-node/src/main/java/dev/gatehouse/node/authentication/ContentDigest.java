package dev.gatehouse.node.authentication;

import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.RefusedException;
import dev.gatehouse.node.exchange.Rejection;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds a body against {@code Content-Digest} (RFC 9530) before anything of it is sent on. */
final class ContentDigest {

    static final String FIELD = "content-digest";

    private static final Pattern MEMBER = Pattern.compile("(sha-256|sha-512)=:([A-Za-z0-9+/]+={0,2}):");

    private ContentDigest() {}

    /** Reads the body, whose octets are the exchange's from then on. @return what is wrong; null when nothing is */
    static @Nullable Rejection problem(Exchange exchange, boolean covered, long maxBody) {
        if (exchange.body().length() == 0) {
            return null;
        }
        byte[] octets;
        try {
            octets = exchange.body().stream().readNBytes((int) maxBody + 1);
        } catch (RefusedException e) {
            return e.rejection();
        } catch (IOException e) {
            return Rejection.of(Refusal.BAD_REQUEST, "The body broke off.");
        }
        if (octets.length > maxBody) {
            return Rejection.of(Refusal.BODY_TOO_LARGE, "A signed body may have at most " + maxBody + " bytes.");
        }
        exchange.body(Body.of(octets));
        if (octets.length == 0) {
            return null;
        }
        if (!covered) {
            return wrong("must cover content-digest where there is a body");
        }
        var said = String.join(", ", exchange.headers().all(FIELD));
        var members = MEMBER.matcher(said);
        boolean any = false;
        while (members.find()) {
            any = true;
            if (!MessageDigest.isEqual(sum(members.group(1), octets), decoded(members.group(2)))) {
                return wrong("does not fit the body: Content-Digest says another one");
            }
        }
        return any ? null : wrong("needs a Content-Digest with sha-256 or sha-512");
    }

    private static Rejection wrong(String reason) {
        return Rejection.of(Refusal.SIGNATURE_REFUSED, "The signature " + reason + ".");
    }

    private static byte[] sum(String name, byte[] octets) {
        try {
            return MessageDigest.getInstance(name.equals("sha-256") ? "SHA-256" : "SHA-512")
                    .digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-2", e);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
