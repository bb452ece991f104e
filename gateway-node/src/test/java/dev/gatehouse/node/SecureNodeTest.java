package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import dev.gatehouse.node.server.RawClient;
import dev.gatehouse.node.server.tls.TlsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that takes TLS with a certificate from its configuration. */
class SecureNodeTest {

    private static final String HOST = "api.example.com";

    private final Upstream upstream = Upstream.echo();
    private final Issued root = Issued.authority("root");
    private Site site;
    private Main node;

    @BeforeEach
    void start(@TempDir Path folder) {
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder);
        node = site.start("first");
    }

    @AfterEach
    void stop() {
        site.close();
        upstream.close();
    }

    @Test
    void servesTheRoutesOverTlsAndSendsPlainHttpThere() {
        site.configure(configuration(root.issue(HOST)));

        var answer = TlsClient.of(node.securePort(), root).get(HOST);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=86400");

        var plain = RawClient.ask(node.port(), "GET /a HTTP/1.1\nHost: " + HOST + "\n\n");
        assertThat(plain.status()).isEqualTo(308);
        assertThat(plain.header("Location")).isEqualTo("https://" + HOST + "/a");
    }

    @Test
    void saysThatACertificateEndsSoon() {
        var soon = Instant.now().plus(Duration.ofDays(20));
        site.configure(configuration(root.issue(Issued.Wish.of(HOST).between(soon.minus(Duration.ofDays(90)), soon))));

        assertThat(Call.health(node, "/ready").body()).contains("Certificate 'api' expires on ");
        await().untilAsserted(() -> assertThat(site.reports())
                .singleElement()
                .satisfies(known -> assertThat(known.report().problems())
                        .anyMatch(problem -> problem.startsWith("Certificate 'api' expires on "))));
        assertThat(TlsClient.of(node.securePort(), root).get(HOST).status()).isEqualTo(200);
    }

    private String configuration(Issued issued) {
        return """
                services:
                  echo:
                    targets: ["%s"]
                routes:
                  all:
                    match: {path: /**}
                    public: true
                    forward: {service: echo}
                certificates:
                  api:
                    chain: |
                %s
                    private-key: |
                %s
                    hsts: 1d
                    redirect: true
                """.formatted(
                        upstream.url(),
                        issued.chain().indent(8).stripTrailing(),
                        issued.privateKey().indent(8).stripTrailing());
    }
}
