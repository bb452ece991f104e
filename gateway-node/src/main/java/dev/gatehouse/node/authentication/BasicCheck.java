package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Basic;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Logins;
import dev.gatehouse.node.identity.PasswordChecks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** User name and password: RFC 7617. */
final class BasicCheck extends CostlyCheck {

    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "Basic ";
    private static final Proof WRONG =
            new Proof.Refused(Rejection.of(Refusal.LOGIN_REFUSED, "User name or password is wrong."), "", true, true);
    private static final Proof MALFORMED = new Proof.Refused(
            Rejection.of(Refusal.LOGIN_REFUSED, "User name and password cannot be read: RFC 7617."), "", true, true);
    private static final Proof BUSY = new Proof.Refused(
            Rejection.of(Refusal.AUTHENTICATION_UNAVAILABLE, "Too many passwords are being checked. Try again soon.")
                    .with("Retry-After", "1"),
            "",
            false,
            true);

    private final Basic settings;
    private final PasswordChecks passwords;

    /** @param patience how long the address has to wait until something is checked for it, in milliseconds */
    BasicCheck(Basic settings, PasswordChecks passwords, ToLongFunction<Exchange> patience) {
        super(patience);
        this.settings = settings;
        this.passwords = passwords;
    }

    @Override
    public @Nullable Proof known(Exchange exchange) {
        var sent = sent(exchange);
        if (sent == null) {
            return Proof.ABSENT;
        }
        var pair = Pair.of(sent);
        if (pair == null) {
            return MALFORMED;
        }
        var holder = passwords.known(pair.user, pair.password, settings.remember());
        return holder == null ? null : proven(holder, pair.user);
    }

    @Override
    Proof judge(Exchange exchange) {
        var sent = sent(exchange);
        var pair = sent == null ? null : Pair.of(sent);
        if (pair == null) {
            return MALFORMED;
        }
        try {
            return passwords
                    .check(pair.user, pair.password)
                    .map(holder -> proven(holder, pair.user))
                    .orElse(WRONG);
        } catch (PasswordChecks.BusyException e) {
            return BUSY;
        }
    }

    private record Pair(String user, String password) {

        static @Nullable Pair of(String sent) {
            var pair = decoded(sent.substring(SCHEME.length()).strip());
            int colon = pair == null ? -1 : pair.indexOf(':');
            return pair == null || colon < 0 ? null : new Pair(pair.substring(0, colon), pair.substring(colon + 1));
        }

        /** Logs may hold it. */
        @Override
        public String toString() {
            return user;
        }

        private static @Nullable String decoded(String base64) {
            try {
                return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** Null when it shows none of that scheme. */
    private static @Nullable String sent(Exchange exchange) {
        return exchange.headers()
                .first(AUTHORIZATION)
                .filter(BasicCheck::isBasic)
                .orElse(null);
    }

    private Proof proven(Logins.Holder holder, String user) {
        return new Proof.Proven(
                new Caller(holder.consumer(), holder.name(), holder.scopes(), Map.of()),
                () -> passwords.isCurrent(holder, user));
    }

    private static boolean isBasic(String value) {
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    @Override
    public void remove(Exchange exchange) {
        exchange.headers().removeIf(AUTHORIZATION, BasicCheck::isBasic);
    }

    @Override
    public String challenge() {
        return "Basic realm=\"gatehouse\", charset=\"UTF-8\"";
    }

    @Override
    public String wanted() {
        return "user name and password as Authorization: Basic";
    }
}
