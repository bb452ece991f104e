package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.identity.token.IssuerServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is calling, from a published file to what the service gets, and to what is left of it. */
class CallersTest {

    @TempDir
    private Path folder;

    private final Upstream echo = Upstream.echo();
    private final Upstream auth = new Upstream(exchange -> {
        exchange.getResponseHeaders()
                .add(
                        "X-Consumer",
                        exchange.getRequestHeaders().getFirst("Cookie").substring(2));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    });
    private final IssuerServer issuer = new IssuerServer();
    private Site site;
    private Main node;
    private String key;

    @BeforeEach
    void start() {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        issuer.publish("/introspect", "{\"active\":false}");
        node = site.start("first");
        key = site.configure("""
                services:
                  echo: { targets: [ "%s" ] }
                  auth: { targets: [ "%s" ] }
                consumers:
                  shop: { keys: [ demo ], groups: [ retail ] }
                issuers:
                  corp:
                    discovery: { issuer: "%s" }
                    fetching: { plain-http: true, timeout: 30s }
                  asked:
                    opaque: {}
                    fetching: { plain-http: true, timeout: 30s }
                    introspection: { url: "%s/introspect", client-id: gateway, client-secret: a-client-secret-of-32-characters }
                logins:
                  ada: { consumer: shop, scopes: [ read ], password: "correct horse battery" }
                signing-keys:
                  main: {}
                routes:
                  keys: { match: { path: /.well-known/jwks.json }, public: true, signing-keys: {} }
                  guarded:
                    match: { path: "/guarded/**" }
                    authentication:
                      credentials:
                        - key: { query: api_key }
                        - jwt: { issuer: corp }
                        - introspection: { issuer: asked }
                        - basic: {}
                        - signature: {}
                        - forward-auth: { service: auth, request-headers: [ Cookie ], consumer-header: X-Consumer }
                    policies:
                      - identity: { token: { signing-key: main } }
                    forward: { service: echo }
                  scoped:
                    match: { path: /scoped }
                    authentication: { credentials: [ basic: {} ] }
                    policies: [ { access: { scopes: [ write ] } } ]
                    forward: { service: echo }
                  open: { match: { path: /open }, public: true, forward: { service: echo } }
                """.formatted(echo.url(), auth.url(), issuer.url(), issuer.url()));
    }

    @AfterEach
    void stop() {
        site.close();
        echo.close();
        auth.close();
        issuer.close();
    }

    @Test
    void letsEachKindOfCredentialPassAndTellsTheServiceWhoItIs() {
        var token = issuer.token(Instant.now().plusSeconds(60), Map.of("client_id", "shop", "scope", "a"));
        var basic = "Basic "
                + Base64.getEncoder().encodeToString("ada:correct horse battery".getBytes(StandardCharsets.UTF_8));

        assertSeen(Call.get(node, "/guarded/1?api_key=" + key + "&a=1").body(), "GET /guarded/1?a=1\n", key);
        assertSeen(
                Call.get(node, "/guarded/2", "Authorization", "Bearer " + token).body(),
                "Gatehouse-scopes: [a]",
                token);
        assertSeen(Call.get(node, "/guarded/3", "Authorization", basic).body(), "Gatehouse-scopes: [read]", basic);
        assertSeen(Call.get(node, "/guarded/4", "Cookie", "c=shop").body(), "Gatehouse-groups: [retail]", "X-consumer");

        assertThat(Call.get(node, "/guarded/5").statusCode()).isEqualTo(401);
        assertThat(Call.get(node, "/guarded/6", "Cookie", "c=nobody").body()).contains("consumer-unknown");
        assertThat(Call.get(node, "/scoped", "Authorization", basic).body()).contains("\"code\":\"scope-missing\"");
        assertThat(Call.get(node, "/open", "Gatehouse-Consumer", "root", "gatehouse_token", "x")
                        .body())
                .doesNotContain("root", "atehouse-c", "atehouse_t");
        assertThat(Call.get(node, "/.well-known/jwks.json").body())
                .contains("\"kty\":\"EC\"")
                .doesNotContain("\"d\"");
    }

    private static void assertSeen(String seen, String part, String secret) {
        assertThat(seen)
                .contains("Gatehouse-consumer: [shop]", "Gatehouse-token: [ey", part)
                .doesNotContain(secret);
    }

    @Test
    void leavesNoTraceOfACredentialAnywhere() throws Exception {
        var canary = "canary0123456789canary0123456789";
        var encoded = Base64.getEncoder().encodeToString(("ada:" + canary).getBytes(StandardCharsets.UTF_8));
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + " " + Arrays.toString(entry.getParameters()) + " " + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var root = Logger.getLogger("dev.gatehouse");
        var before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        try {
            for (var shown : shownAs(canary, encoded)) {
                for (var path :
                        List.of("/guarded/x", "/guarded/x?api_key=" + canary + "&token=" + canary, "/nowhere")) {
                    var answer = Call.CLIENT.send(
                            Call.request(node.port(), path, shown)
                                    .POST(BodyPublishers.ofString(canary))
                                    .build(),
                            BodyHandlers.ofString());
                    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
                    assertThat(answer.body() + answer.headers().map()).doesNotContain(canary, encoded);
                }
            }
            await().until(() -> !redis().isEmpty());
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
        }

        assertThat(String.join("\n", logged)).doesNotContain(canary, encoded);
        assertThat(redis()).doesNotContain(canary, encoded);
        assertThat(String.join("\n", site.everyRow())).doesNotContain(canary, encoded);
        assertThat(Call.health(node, "/ready").body()).doesNotContain(canary, encoded);
        // while it works, files come and go
        site.stop("first");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(CallersTest::text).collect(Collectors.joining()))
                    .doesNotContain(canary, encoded, "correct horse battery", key);
        }
    }

    /** In each field that a kind of credential is read from, good and malformed: name, value. */
    private static List<String[]> shownAs(String canary, String encoded) {
        return List.of(
                new String[] {"X-API-Key", canary},
                new String[] {"X-API-Key", "gk_live_" + canary},
                new String[] {"Authorization", "Bearer " + canary},
                new String[] {"Authorization", "Bearer " + canary + "." + canary + "." + canary},
                new String[] {"Authorization", "Basic " + encoded},
                new String[] {"Authorization", "Basic " + canary},
                new String[] {"Authorization", "Digest " + canary},
                new String[] {"Cookie", "c=" + canary},
                new String[] {"Signature-Input", canary, "Signature", canary},
                new String[] {
                    "Signature-Input",
                    "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\");created=1;keyid=\"ada\";nonce=\"" + canary
                            + "\"",
                    "Signature",
                    "sig1=:" + canary + ":"
                });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it holds, as it holds it. */
    private static String redis() {
        try (var redis = Redis.open(RedisServer.shared().url(), "test", 1, Duration.ofSeconds(5))) {
            return redis.keys("*").stream()
                    .map(name -> name + " " + new String(redis.dump(name), StandardCharsets.ISO_8859_1))
                    .collect(Collectors.joining("\n"));
        }
    }
}
