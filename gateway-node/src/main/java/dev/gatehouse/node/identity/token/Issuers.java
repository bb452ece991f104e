package dev.gatehouse.node.identity.token;

import dev.gatehouse.db.credential.Discovery;
import dev.gatehouse.db.credential.KeySet;
import dev.gatehouse.db.credential.KeySetUrl;
import dev.gatehouse.db.credential.Opaque;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.node.fetch.Fetcher;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All issuers at work. One that did not change keeps its keys and what it remembers when the configuration changes. */
public final class Issuers implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Fetcher fetcher;
    private final KeptKeys kept;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Thread thread = Thread.ofVirtual().name("issuers").unstarted(this::run);
    private volatile Map<String, LiveIssuer> live = Map.of();

    /**
     * @param folder where the last good keys are kept
     * @param secrets opens client secrets
     */
    public Issuers(Fetcher fetcher, Path folder, Secrets secrets, InstantSource clock) {
        this.fetcher = fetcher;
        this.secrets = secrets;
        this.clock = clock;
        kept = new KeptKeys(folder);
    }

    public void start() {
        thread.start();
    }

    /** From now on these. Their keys are being fetched when it returns. For one thread at a time. */
    public void take(Map<String, Issuer> issuers) {
        var next = new TreeMap<String, LiveIssuer>();
        issuers.forEach((name, settings) -> {
            var old = live.get(name);
            next.put(name, old != null && old.settings().equals(settings) ? old : made(name, settings));
        });
        live = Map.copyOf(next);
        tick();
    }

    public @Nullable LiveIssuer find(String name) {
        return live.get(name);
    }

    /** One sentence for each that cannot be asked for its keys. */
    public List<String> problems() {
        return live.entrySet().stream()
                .flatMap(issuer -> issuer.getValue().trouble().stream()
                        .map(trouble -> "Issuer '" + issuer.getKey() + "' " + trouble + "."))
                .sorted()
                .toList();
    }

    private LiveIssuer made(String name, Issuer settings) {
        KeySource keys = switch (settings.keys()) {
            case KeySet set -> new KeySource.Fixed(fixed(set));
            case Opaque _ -> KeySource.NONE;
            case Discovery _, KeySetUrl _ ->
                new FetchedKeys(name, settings.keys(), settings.fetching(), fetcher, kept, clock);
        };
        var asked = new AskedIssuer(settings, fetcher, () -> settings.clientSecret(name, secrets), clock);
        return new LiveIssuer(settings, keys, asked, clock);
    }

    private static TrustedKeys fixed(KeySet set) {
        try {
            return TrustedKeys.read(set.keys());
        } catch (ParseException e) {
            return TrustedKeys.NONE;
        }
    }

    void tick() {
        live.values().forEach(issuer -> issuer.keys().tick());
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
            tick();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        fetcher.close();
    }
}
