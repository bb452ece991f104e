package dev.gatehouse.node.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.db.model.Issuer;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An issuer at work: its keys, and the tokens that were verified lately, whose number is bounded by their size. */
public final class LiveIssuer {

    private static final long MOST_CHARACTERS = 16 << 20;

    /** @param until milliseconds since 1970: to be verified again from then on */
    private record Verified(Token token, TrustedKey key, long until) {}

    private final Issuer settings;
    private final KeySource keys;
    private final AskedIssuer asked;
    private final TokenReader reader;
    private final InstantSource clock;
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((String text, Verified _) -> text.length())
            .executor(Runnable::run)
            .build();

    LiveIssuer(Issuer settings, KeySource keys, AskedIssuer asked, InstantSource clock) {
        this.settings = settings;
        this.asked = asked;
        this.keys = keys;
        this.clock = clock;
        reader = new TokenReader(settings, clock);
    }

    public Issuer settings() {
        return settings;
    }

    KeySource keys() {
        return keys;
    }

    Optional<String> trouble() {
        return keys.trouble();
    }

    /** A token that was verified lately and still is good; null when it would have to be verified. */
    public Judgement.@Nullable Good known(String text) {
        var known = verified.getIfPresent(text);
        return known != null && clock.millis() < known.until && keys.current().hold(known.key) ? good(known) : null;
    }

    private Judgement.Good good(Verified known) {
        return new Judgement.Good(
                known.token,
                () -> clock.millis() < known.token.endsAt() && keys.current().hold(known.key));
    }

    /** What the issuer said of a token when it was asked lately; null when it would have to be asked. */
    public @Nullable Judgement askedLately(String text) {
        return asked.lately(text);
    }

    /** Asks the issuer about it, and waits for what it says. */
    public Judgement ask(String text) {
        return asked.ask(text);
    }

    /** Verifies it. May wait for keys. */
    public Judgement judge(String text) {
        return switch (reader.read(text)) {
            case TokenReader.Bad(var reason, var fits) -> new Judgement.Bad(reason, fits);
            case TokenReader.Unverified read -> verify(text, read);
        };
    }

    private Judgement verify(String text, TokenReader.Unverified read) {
        var current = keys.current();
        var candidates = current.candidates(read.signed().getHeader());
        if (candidates.isEmpty()) {
            current = keys.renewed();
            candidates = current.candidates(read.signed().getHeader());
        }
        for (var key : candidates) {
            if (key.verifies(read.signed())) {
                return remembered(text, new Verified(read.token(), key, until(read.token())));
            }
        }
        return current.isEmpty()
                ? new Judgement.Unknown()
                : new Judgement.Bad(
                        candidates.isEmpty()
                                ? "is signed with a key that its issuer does not have"
                                : "has a wrong signature",
                        true);
    }

    private long until(Token token) {
        return Math.min(token.endsAt(), clock.millis() + settings.remember().toMillis());
    }

    private Judgement remembered(String text, Verified fresh) {
        if (!settings.remember().isZero()) {
            verified.put(text, fresh);
        }
        return good(fresh);
    }
}
