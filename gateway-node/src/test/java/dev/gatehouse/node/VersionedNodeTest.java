package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.live.Redis;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node with an API in versions and two types of clients, from the published file to the answer. */
class VersionedNodeTest {

    private static final String V1 = "application/vnd.example.v1+json";

    private final Upstream upstream = Upstream.echo();
    private Site site;
    private Main node;
    private String key;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        node = site.start("first");
        key = site.configure("""
                services: { users: { targets: [ "%s" ] } }
                consumers:
                  shop: { keys: [ demo ] }
                apis:
                  users:
                    named-by: [ media-type: example ]
                    versions:
                    - { name: v0, retired: true, documentation: "https://docs.example.com/v0" }
                    - { name: v1, deprecated: 2026-01-01, sunset: 2999-12-31, documentation: "https://docs.example.com/v1" }
                    - v2
                    default-version: v2
                client-types:
                  partner: { recognised-by: [ consumer: { consumers: [ shop ] } ], priority: 1 }
                  mobile: { recognised-by: [ user-agent: { contains: okhttp } ] }
                routes:
                  users-v1:
                    match: { path: /users, api: users, version: v1 }
                    public: true
                    forward: { service: users, rewrite: /old }
                    examples: [ { request: GET /users, headers: [ "Accept: application/vnd.example.v1+json" ] } ]
                  users-v2:
                    match: { path: /users, api: users, version: v2 }
                    forward: { service: users, rewrite: /new }
                    examples:
                    - GET /users
                    - { request: GET /users, headers: [ "Accept: application/vnd.example.v0" ], expect: version-retired }
                  home: { match: { path: /home }, public: true, forward: { service: users, rewrite: /web } }
                  home-mobile:
                    match: { path: /home, clients: [ mobile ] }
                    public: true
                    forward: { service: users, rewrite: /small }
                  home-partner:
                    match: { path: /home, clients: [ partner ] }
                    public: true
                    forward: { service: users, rewrite: /partner }
                """.formatted(upstream.url()));
    }

    @AfterEach
    void stop() {
        site.close();
        upstream.close();
    }

    @Test
    void answersOnePathDifferentlyToEachTypeOfClient() {
        assertThat(Call.get(node, "/home").body()).startsWith("GET /web\n");
        assertThat(Call.get(node, "/home", "User-Agent", "okhttp/4.12.0").body())
                .startsWith("GET /small\n");
        assertThat(Call.get(node, "/home", "User-Agent", "okhttp/4.12.0", "X-API-Key", key)
                        .body())
                .startsWith("GET /partner\n")
                .doesNotContain(key);
        assertThat(Call.get(node, "/home", "X-API-Key", key + "x").body()).startsWith("GET /web\n");
    }

    @Test
    void tellsTheEndOfADeprecatedVersion() {
        var old = Call.get(node, "/users", "Accept", V1);
        assertThat(old.body()).startsWith("GET /old\n");
        assertThat(old.headers().allValues("Deprecation")).containsExactly("@1767225600");
        assertThat(old.headers().allValues("Sunset")).containsExactly("Tue, 31 Dec 2999 00:00:00 GMT");
        assertThat(old.headers().allValues("Link"))
                .containsExactly(
                        "<https://docs.example.com/v1>; rel=\"deprecation\"",
                        "<https://docs.example.com/v1>; rel=\"sunset\"");
        assertThat(old.headers().allValues("Vary")).containsExactly("Accept");
    }

    @Test
    void saysNothingOfTheEndOfTheCurrentOne() {
        var current = Call.get(node, "/users", "Authorization", "Bearer " + key);
        assertThat(current.body()).startsWith("GET /new\n");
        assertThat(current.headers().map()).doesNotContainKeys("deprecation", "sunset", "link");
        assertThat(Call.get(node, "/users").statusCode()).isEqualTo(401);
    }

    @Test
    void answersARetiredVersionWith410AndAnUnknownOneWith406() {
        var retired = Call.get(node, "/users", "Accept", "application/vnd.example.v0+json");
        assertThat(retired.statusCode()).isEqualTo(410);
        assertThat(retired.body()).contains("\"code\":\"version-retired\"");
        assertThat(retired.headers().allValues("Link"))
                .containsExactly("<https://docs.example.com/v0>; rel=\"deprecation\"");
        var unknown = Call.get(node, "/users", "Accept", "application/vnd.example.v7+json");
        assertThat(unknown.statusCode()).isEqualTo(406);
        assertThat(unknown.body()).contains("version-not-acceptable", "there are v0, v1, v2");
    }

    @Test
    void knowsWhoStillCallsAnOldVersion() {
        Call.get(node, "/users", "Accept", V1, "X-API-Key", key);
        Call.get(node, "/users", "Accept", V1, "X-API-Key", key);
        Call.get(node, "/users", "Accept", V1);
        Call.get(node, "/users", "Accept", "application/vnd.example.v0", "X-API-Key", key);
        Call.get(node, "/users", "X-API-Key", key);
        try (var redis = Redis.open(RedisServer.shared().url(), "test", 2, Duration.ofSeconds(5))) {
            var calls = new VersionCalls(redis);
            await().untilAsserted(() -> {
                assertThat(calls.of("users", "v1", Instant.now()))
                        .extracting(VersionCalls.Usage::consumer, VersionCalls.Usage::day)
                        .containsExactly(tuple("shop", 2L), tuple("", 1L));
                assertThat(calls.of("users", "v0", Instant.now()))
                        .extracting(VersionCalls.Usage::consumer)
                        .containsExactly("shop");
                assertThat(calls.of("users", "v2", Instant.now()))
                        .extracting(VersionCalls.Usage::consumer)
                        .containsExactly("shop");
            });
        }
    }
}
