package dev.gatehouse.node.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.policy.Identity;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Consumers;
import dev.gatehouse.node.identity.Signers;
import dev.gatehouse.node.identity.token.Claims;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the service who is calling. A token is signed anew once half of its time is over. */
final class IdentityHeaders implements Filter {

    private static final int REMEMBERED = 10_000;
    private static final int LONGEST = 4_000;
    private static final Rejection NO_KEY = Rejection.of(
                    Refusal.ROUTE_BROKEN,
                    "The key with which this route tells its service who is calling cannot be used.")
            .by("identity");

    private record Signed(String token, Signers.Signer by, List<String> groups, long until) {}

    private final Identity settings;
    private final String audience;
    private final Consumers consumers;
    private final Signers signers;
    private final InstantSource clock;
    private final Cache<Caller, Signed> tokens = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    IdentityHeaders(String route, Identity settings, Consumers consumers, Signers signers, InstantSource clock) {
        this.settings = settings;
        this.consumers = consumers;
        this.signers = signers;
        this.clock = clock;
        audience =
                settings.token().audience().isEmpty() ? route : settings.token().audience();
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var headers = exchange.headers();
        // a filter before this one may have brought them back
        settings.headers().forEach(headers::remove);
        var caller = exchange.caller();
        if (caller == null) {
            return next.handle(exchange);
        }
        var groups = consumers.groups(caller.consumer());
        say(headers, settings.consumer(), caller.consumer());
        say(headers, settings.scopes(), String.join(" ", new TreeSet<>(caller.scopes())));
        say(headers, settings.groups(), String.join(" ", groups));
        for (var claim : settings.claims()) {
            say(headers, claim.header(), String.join(",", Claims.texts(Claims.value(caller.claims(), claim.claim()))));
        }
        if (!settings.token().signingKey().isEmpty()) {
            var token = token(caller, groups);
            if (token == null) {
                return NO_KEY.toResponse();
            }
            headers.set(settings.token().header(), token);
        }
        return next.handle(exchange);
    }

    /** What is no field value is left out: a claim must not begin another header. */
    private static void say(Headers headers, String name, String value) {
        if (!name.isEmpty()
                && !value.isEmpty()
                && value.length() <= LONGEST
                && value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            headers.set(name, value.strip());
        }
    }

    private @Nullable String token(Caller caller, List<String> groups) {
        var signer = signers.find(settings.token().signingKey());
        if (signer == null) {
            return null;
        }
        long now = clock.millis();
        var known = tokens.getIfPresent(caller);
        if (known != null && known.by == signer && now < known.until && known.groups.equals(groups)) {
            return known.token;
        }
        long lifetime = settings.token().lifetime().toMillis();
        var claims = new JWTClaimsSet.Builder()
                .issuer(signer.issuer())
                .subject(caller.consumer())
                .audience(audience)
                .issueTime(Date.from(Instant.ofEpochMilli(now)))
                .expirationTime(Date.from(Instant.ofEpochMilli(now + lifetime)))
                .jwtID(UUID.randomUUID().toString())
                .claim("credential", caller.keyId())
                .claim("groups", groups);
        if (!caller.scopes().isEmpty()) {
            claims.claim("scope", String.join(" ", new TreeSet<>(caller.scopes())));
        }
        for (var claim : settings.claims()) {
            var value = Claims.value(caller.claims(), claim.claim());
            if (value != null) {
                claims.claim(claim.claim(), value);
            }
        }
        var signed = new Signed(signer.sign(claims.build()), signer, groups, now + lifetime / 2);
        tokens.put(caller, signed);
        return signed.token;
    }
}
