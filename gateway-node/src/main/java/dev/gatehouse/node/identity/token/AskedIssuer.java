package dev.gatehouse.node.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.node.fetch.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an issuer about tokens (RFC 7662), a bounded number at once, and remembers what it said, yes and no. */
final class AskedIssuer {

    private static final Logger LOG = LoggerFactory.getLogger(AskedIssuer.class);
    private static final long MOST_CHARACTERS = 8 << 20;
    private static final int AT_ONCE = 32;
    private static final int LONGEST = 8 << 10;
    private static final Judgement.Bad INACTIVE = new Judgement.Bad("is not active", true);

    /** @param token null for one that is not active */
    private record Said(@Nullable Token token, long until) {}

    private final Issuer settings;
    private final Fetcher fetcher;
    private final Supplier<String> secret;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Cache<String, Said> said = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((String text, Said _) -> text.length())
            .executor(Runnable::run)
            .build();

    /** @param secret the client secret; may throw where it cannot be decrypted */
    AskedIssuer(Issuer settings, Fetcher fetcher, Supplier<String> secret, InstantSource clock) {
        this.settings = settings;
        this.fetcher = fetcher;
        this.secret = secret;
        this.clock = clock;
    }

    @Nullable
    Judgement lately(String text) {
        var known = said.getIfPresent(text);
        return known == null || clock.millis() >= known.until ? null : judged(known);
    }

    private Judgement judged(Said known) {
        var token = known.token;
        return token == null ? INACTIVE : new Judgement.Good(token, () -> clock.millis() < token.endsAt());
    }

    Judgement ask(String text) {
        if (settings.introspection().url().isEmpty() || text.length() > LONGEST) {
            return text.length() > LONGEST ? new Judgement.Bad("is too long", false) : new Judgement.Unknown();
        }
        if (!free.tryAcquire()) {
            return new Judgement.Unknown();
        }
        try {
            var answer = fetched(text);
            said.put(text, answer);
            return judged(answer);
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.debug("An issuer could not be asked about a token", e);
            return new Judgement.Unknown();
        } finally {
            free.release();
        }
    }

    private Said fetched(String text) throws IOException, ParseException {
        var endpoint = settings.introspection();
        var client = encoded(endpoint.clientId()) + ":" + encoded(secret.get());
        var question = new Fetcher.Question(
                URI.create(endpoint.url()),
                Map.of(
                        "Accept", "application/json",
                        "Content-Type", "application/x-www-form-urlencoded",
                        "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8))),
                "token=" + encoded(text) + "&token_type_hint=access_token",
                settings.fetching().trust(),
                settings.fetching().timeout());
        var answer = JSONObjectUtils.parse(new String(fetcher.fetch(question), StandardCharsets.UTF_8));
        long until = clock.millis() + endpoint.remember().toMillis();
        if (!Boolean.TRUE.equals(answer.get("active"))) {
            return new Said(null, until);
        }
        var claims = new HashMap<>(answer);
        claims.values().removeIf(value -> value == null);
        long endsAt = answer.get("exp") instanceof Number end
                ? TokenReader.millis(end) + settings.leeway().toMillis()
                : Long.MAX_VALUE;
        if (clock.millis() >= endsAt) {
            return new Said(null, until);
        }
        var scopeClaim = settings.claims().scopeClaim();
        return new Said(
                new Token(
                        Map.copyOf(claims),
                        List.copyOf(Claims.texts(claims.get("aud"))),
                        scopeClaim.isEmpty() ? Set.of() : Claims.scopes(Claims.value(claims, scopeClaim)),
                        "",
                        endsAt),
                Math.min(until, endsAt));
    }

    /** RFC 6749, 2.3.1 */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
