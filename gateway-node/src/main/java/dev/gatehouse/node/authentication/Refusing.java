package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Authentication;
import dev.gatehouse.db.credential.Key;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a route answers who proves nothing: 401 with a challenge for each scheme it takes, and 429 who tries too often. */
final class Refusing {

    private static final int UNAUTHORIZED = 401;
    private static final String CHALLENGE = "WWW-Authenticate";

    private final CredentialCheck[] checks;
    private final Attempts attempts;
    private final long perMinute;
    private final Rejection missing;

    Refusing(CredentialCheck[] checks, Authentication settings, Attempts attempts) {
        this.checks = checks;
        this.attempts = attempts;
        perMinute = settings.refusedAttempts();
        boolean onlyKeys = settings.taken().stream().allMatch(Key.class::isInstance);
        var wanted = Arrays.stream(checks)
                .map(CredentialCheck::wanted)
                .collect(Collectors.joining(settings.need() == Authentication.Need.ALL ? ", and " : "; or "));
        missing = challenged(
                Rejection.of(onlyKeys ? Refusal.KEY_MISSING : Refusal.CREDENTIAL_MISSING, "Send " + wanted + "."),
                challenges(null, ""));
    }

    Response missing() {
        return missing.toResponse();
    }

    /** @param by what refused it, and whose challenge says why */
    Response refused(Exchange exchange, Proof.Refused refused, CredentialCheck by) {
        if (refused.attempt()) {
            long wait = attempts.refused(exchange.client().address(), perMinute);
            if (wait > 0) {
                return tooMany(wait).toResponse();
            }
        }
        var rejection = refused.rejection();
        if (rejection.refusal().status() != UNAUTHORIZED) {
            return rejection.toResponse();
        }
        return challenged(
                        rejection,
                        rejection.headers().contains(CHALLENGE)
                                ? challengesBeside(by)
                                : challenges(by, refused.error()))
                .toResponse();
    }

    /** Who is anonymous may not do this; somebody with a credential might: 401, by the policy of {@code refusal}. */
    Rejection unauthorized(Rejection refusal) {
        var reason = "This is not for callers without a credential. " + missing.reason();
        return new Rejection(missing.refusal(), reason, refusal.policy(), missing.headers());
    }

    static Rejection tooMany(long waitMillis) {
        long seconds = Math.ceilDiv(waitMillis, 1_000L);
        return Rejection.of(
                        Refusal.TOO_MANY_ATTEMPTS,
                        "Too many credentials from this address were refused. Try again in " + seconds + " s.")
                .with("Retry-After", Long.toString(seconds));
    }

    private List<String> challenges(@Nullable CredentialCheck by, String error) {
        var challenges = new LinkedHashSet<String>();
        for (var check : checks) {
            challenges.add(check.challenge());
        }
        if (by != null && !error.isEmpty()) {
            var told = new ArrayList<String>();
            for (var challenge : challenges) {
                told.add(challenge.equals(by.challenge()) ? challenge + ", " + error : challenge);
            }
            return told;
        }
        return List.copyOf(challenges);
    }

    /** Where one brought its own. */
    private List<String> challengesBeside(CredentialCheck by) {
        return Arrays.stream(checks)
                .filter(check -> !check.equals(by))
                .map(CredentialCheck::challenge)
                .distinct()
                .toList();
    }

    private Rejection challenged(Rejection rejection, List<String> challenges) {
        var headers = new Headers().addAll(rejection.headers());
        challenges.forEach(challenge -> headers.add(CHALLENGE, challenge));
        for (var check : checks) {
            var hints = check.hints();
            for (int i = 0; i < hints.size(); i += 2) {
                headers.add(hints.get(i), hints.get(i + 1));
            }
        }
        return new Rejection(rejection.refusal(), rejection.reason(), rejection.policy(), headers);
    }
}
