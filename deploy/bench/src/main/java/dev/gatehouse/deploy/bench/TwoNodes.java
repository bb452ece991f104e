package dev.gatehouse.deploy.bench;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import dev.gatehouse.db.store.Publication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import picocli.CommandLine;

/** Two nodes with everything at its default, a configuration of their own, and what publishes changes of keys. */
final class TwoNodes implements AutoCloseable {

    /** Two routes that ask for a key, and answer by themselves. Refused keys are not throttled. */
    private static final String CONFIGURATION = """
            consumers: { shop: { keys: [ first ] } }
            routes:
              a: { match: { path: /a }, authentication: { refused-attempts: 0 }, reply: { status: 204 } }
              b: { match: { path: /b }, authentication: { refused-attempts: 0 }, reply: { status: 204 } }
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Contender> nodes;
    private final ConfigurationStore store;
    private final KeyStore keys;

    TwoNodes() {
        var root = Path.of(System.getProperty("gatehouse.root", "")).toAbsolutePath();
        var options = new Options(_ -> 0);
        new CommandLine(options).parseArgs();
        var settings = opened(new Settings(root.resolve("deploy/bench/config")));
        var stores = opened(new Stores());
        var contenders = new Contenders(root, options, settings, stores.environment());
        settings.write("two-nodes.yaml", CONFIGURATION);
        stores.configure(settings.file("two-nodes.yaml"));
        nodes = List.of(contenders.of("node", Case.PLAIN), contenders.of(Contenders.OTHER, Case.PLAIN));
        for (var node : nodes) {
            var ready = URI.create("http://127.0.0.1:" + settings.port(node.name() + "-admin") + "/ready");
            opened(Running.start(
                    node, Machine.MEASURED_CORE, settings.file(node.name() + ".log"), () -> status(ready, "") == 200));
        }
        var database = opened(stores.database());
        store = new ConfigurationStore(database);
        keys = new KeyStore(database);
    }

    /** As those of the nodes. */
    Pepper pepper() {
        return Stores.PEPPER;
    }

    KeyStore keys() {
        return keys;
    }

    Contender first() {
        return nodes.getFirst();
    }

    void publish(List<Edit> edits) {
        var publication = store.publish(edits, new Author("bench", ""));
        if (!(publication instanceof Publication.Published)) {
            throw new BenchException("Not published: " + publication, null);
        }
    }

    /** Waits until both nodes answer so. */
    void awaitEverywhere(String path, String key, int status) {
        long due = System.nanoTime() + PATIENCE.toNanos();
        for (var node : nodes) {
            var uri = URI.create(node.url(path, false));
            while (status(uri, key) != status) {
                if (System.nanoTime() - due > 0) {
                    throw new BenchException(node.name() + " never answers " + status + " to " + path, null);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    private int status(URI uri, String key) {
        var request = HttpRequest.newBuilder(uri);
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.err.println("A part does not end: " + e);
            }
        }
    }
}
