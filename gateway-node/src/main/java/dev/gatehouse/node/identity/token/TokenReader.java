package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.db.credential.Algorithm;
import dev.gatehouse.db.model.Issuer;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what should be a token of one issuer, before its signature is verified. What says where keys are, brings one
 * along, wants to be understood in a way of its own, or is encrypted, is refused: RFC 8725.
 */
final class TokenReader {

    private static final int LONGEST = 16 << 10;
    static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Set<String> REFUSED = Set.of("b64", "crit", "jku", "jwk", "x5c", "x5u", "zip");
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt");

    private final Issuer settings;
    private final Set<String> algorithms;
    private final InstantSource clock;

    TokenReader(Issuer settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        algorithms = settings.taken().stream().map(Algorithm::toString).collect(Collectors.toUnmodifiableSet());
    }

    sealed interface Read {}

    record Unverified(JWSObject signed, Token token) implements Read {}

    record Bad(String reason, boolean fits) implements Read {}

    private static Bad bad(String reason) {
        return new Bad(reason, true);
    }

    Read read(String text) {
        if (text.length() > LONGEST || !COMPACT.matcher(text).matches()) {
            return new Bad("is no signed token", false);
        }
        try {
            var signed = JWSObject.parse(text);
            var claims = claims(signed);
            var issuer = settings.keys().issuer();
            if (!issuer.isEmpty() && !issuer.equals(claims.get("iss"))) {
                return new Bad("is of another issuer", false);
            }
            var problem = problem(signed.getHeader());
            return problem == null ? read(signed, claims) : bad(problem);
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return new Bad("is no signed token", false);
        }
    }

    private static Map<String, Object> claims(JWSObject signed) throws ParseException {
        var plain = JSONObjectUtils.parse(signed.getPayload().toString());
        plain.values().removeIf(value -> value == null);
        return Map.copyOf(plain);
    }

    @Nullable
    String problem(JWSHeader header) {
        if (!algorithms.contains(header.getAlgorithm().getName())) {
            return "is signed in a way that is not taken";
        }
        for (var name : header.getIncludedParams()) {
            if (REFUSED.contains(name)) {
                return "has '" + name + "' in its header, which is not taken";
            }
        }
        var type = header.getType();
        return type == null || TYPES.contains(type.getType().toLowerCase(Locale.ROOT))
                ? null
                : "is a token for another use";
    }

    private Read read(JWSObject signed, Map<String, Object> claims) {
        long leeway = settings.leeway().toMillis();
        long now = clock.millis();
        if (!(claims.get("exp") instanceof Number end)) {
            return bad("has no end");
        }
        long endsAt = millis(end) + leeway;
        if (now >= endsAt) {
            return bad("has expired");
        }
        var begin = claims.get("nbf");
        if (begin != null && !(begin instanceof Number)) {
            return bad("has a beginning that is no time");
        }
        if (begin instanceof Number number && now < millis(number) - leeway) {
            return bad("is not in force yet");
        }
        var algorithm = signed.getHeader().getAlgorithm().getName();
        var scopeClaim = settings.claims().scopeClaim();
        return new Unverified(
                signed,
                new Token(
                        claims,
                        List.copyOf(Claims.texts(claims.get("aud"))),
                        scopeClaim.isEmpty() ? Set.of() : Claims.scopes(Claims.value(claims, scopeClaim)),
                        algorithm,
                        endsAt));
    }

    /** RFC 7519, 2: seconds, perhaps with a fraction; what no calendar knows is the end of all. */
    static long millis(Number seconds) {
        double millis = seconds.doubleValue() * 1_000;
        return millis >= Long.MAX_VALUE / 4d ? Long.MAX_VALUE / 4 : millis <= 0 ? 0 : (long) millis;
    }
}
