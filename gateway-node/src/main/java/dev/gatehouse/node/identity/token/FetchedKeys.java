package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.db.credential.Discovery;
import dev.gatehouse.db.credential.IssuerKeys;
import dev.gatehouse.db.credential.KeyFetching;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.node.fetch.Fetcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that an issuer publishes. They are fetched beside requests; only a token with a key that is not known waits for a
 * fetch, which all such tokens share, and which is not repeated within the cool-down. While the address does not answer,
 * the last good keys stay.
 */
final class FetchedKeys implements KeySource {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final String name;
    private final IssuerKeys where;
    private final String address;
    private final KeyFetching terms;
    private final Fetcher fetcher;
    private final KeptKeys kept;
    private final InstantSource clock;

    private volatile TrustedKeys keys = TrustedKeys.NONE;
    private volatile long goodAt = NEVER;
    private volatile long triedAt = NEVER;
    private volatile String trouble = "";
    private long demandedAt = NEVER;
    private @Nullable CountDownLatch running;

    /** @param name of the issuer, for sentences and for what is kept */
    FetchedKeys(String name, IssuerKeys where, KeyFetching terms, Fetcher fetcher, KeptKeys kept, InstantSource clock) {
        this.name = name;
        this.where = where;
        this.address = where.fetched().orElseThrow();
        this.terms = terms;
        this.fetcher = fetcher;
        this.kept = kept;
        this.clock = clock;
        kept.load(name, address).ifPresent(old -> {
            keys = old.keys();
            goodAt = old.fetchedAt();
        });
    }

    @Override
    public TrustedKeys current() {
        long age = clock.millis() - goodAt;
        return age > terms.refresh().plus(terms.keep()).toMillis() ? TrustedKeys.NONE : keys;
    }

    @Override
    public TrustedKeys renewed() {
        CountDownLatch fetch;
        synchronized (this) {
            if (running == null) {
                if (clock.millis() - demandedAt < terms.coolDown().toMillis()) {
                    return current();
                }
                demandedAt = clock.millis();
                start();
            }
            fetch = running;
        }
        try {
            if (fetch != null && !fetch.await(terms.timeout().toMillis() * 2, TimeUnit.MILLISECONDS)) {
                LOG.debug("Issuer '{}' is slow", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return current();
    }

    @Override
    public void tick() {
        long pause = trouble.isEmpty()
                ? terms.refresh().toMillis()
                : terms.coolDown().toMillis();
        if (clock.millis() - triedAt >= pause) {
            synchronized (this) {
                if (running == null) {
                    start();
                }
            }
        }
    }

    @Override
    public Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    /** For who holds the lock. */
    private void start() {
        var done = new CountDownLatch(1);
        running = done;
        triedAt = clock.millis();
        Thread.ofVirtual().name("keys of " + name).start(() -> {
            try {
                take(fetch());
            } catch (IOException | ParseException | RuntimeException e) {
                failed(String.valueOf(e.getMessage()));
            } finally {
                synchronized (this) {
                    running = null;
                }
                done.countDown();
            }
        });
    }

    private String fetch() throws IOException, ParseException {
        return where instanceof Discovery discovery ? get(discovered(discovery)) : get(address);
    }

    private String get(String url) throws IOException {
        return new String(
                fetcher.fetch(Fetcher.Question.get(url, terms.trust(), terms.timeout())), StandardCharsets.UTF_8);
    }

    /** OpenID Connect Discovery 1.0, 4.3: the document has to be of the very issuer that was asked. */
    private String discovered(Discovery discovery) throws IOException, ParseException {
        var document = JSONObjectUtils.parse(get(address));
        if (!discovery.issuer().equals(document.get("issuer"))) {
            throw new ParseException("its configuration names another issuer", 0);
        }
        if (!(document.get("jwks_uri") instanceof String url)
                || Format.FETCH_URL.problem(url).isPresent()
                || (url.startsWith("http://") && !terms.plainHttp())) {
            throw new ParseException("its configuration names no address of keys that may be asked", 0);
        }
        return url;
    }

    private void take(String json) throws ParseException {
        var fresh = TrustedKeys.read(json);
        if (fresh.isEmpty()) {
            throw new ParseException("it gave no key that can be used", 0);
        }
        keys = fresh;
        goodAt = clock.millis();
        if (!trouble.isEmpty()) {
            LOG.info("Issuer '{}' gives its keys again", name);
            trouble = "";
        }
        kept.save(name, address, json, goodAt);
    }

    private void failed(String reason) {
        var since = goodAt == NEVER
                ? "has never given its keys"
                : "has not given its keys since " + Instant.ofEpochMilli(goodAt).truncatedTo(ChronoUnit.SECONDS);
        if (trouble.isEmpty()) {
            LOG.warn("Issuer '{}' {}: {}", name, since, reason);
        }
        trouble = since + ": " + reason + (current().isEmpty() ? "; its tokens cannot be judged" : "");
    }
}
