package dev.gatehouse.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes behind a real HAProxy with the configuration that is shipped; passed over where HAProxy is not installed. */
class BalancerTest {

    private static final Path CONFIGURATION = Path.of("..", "deploy", "haproxy.cfg");

    private final Upstream upstream = Upstream.echo();
    private Site site;
    private Process haproxy;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var program = Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/opt/homebrew/bin/haproxy")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "HAProxy is not installed");
        site = new Site(PostgresServer.shared(), RedisServer.shared().url(), folder).trusting("127.0.0.1");
        var first = site.start("first");
        var second = site.start("second");
        site.configure("""
                services: { echo: { targets: [ "%s" ] } }
                routes:
                  echo: { match: { path: /echo }, public: true, forward: { service: echo } }
                """.formatted(upstream.url()));
        port = freePort();
        var builder = new ProcessBuilder(program.get().toString(), "-f", CONFIGURATION.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile());
        builder.environment().put("LISTEN", "127.0.0.1:" + port);
        point(builder, 1, first);
        point(builder, 2, second);
        haproxy = builder.start();
        await().ignoreExceptions().until(() -> ask().statusCode() == 200);
    }

    private static void point(ProcessBuilder haproxy, int number, Main node) {
        haproxy.environment().put("NODE_" + number, "127.0.0.1:" + node.port());
        haproxy.environment().put("NODE_" + number + "_ADMIN_PORT", Integer.toString(node.adminPort()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        upstream.close();
        if (haproxy != null) {
            haproxy.destroy();
            haproxy.waitFor();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    void losesNoRequestWhileANodeStops() {
        var statuses = new TreeSet<Integer>();
        var stopping = Thread.startVirtualThread(() -> site.stop("first"));

        while (stopping.isAlive()) {
            statuses.add(ask().statusCode());
        }
        statuses.addAll(statusesOf(50));

        assertThat(statuses).containsExactly(200);
    }

    @Test
    void passesOnWhoIsCalling() {
        var answer = Call.get(port, "/echo", "X-Forwarded-For", "192.0.2.1");

        assertThat(answer.body()).contains("127.0.0.1").doesNotContain("192.0.2.1");
    }

    private Set<Integer> statusesOf(int requests) {
        var statuses = new TreeSet<Integer>();
        IntStream.range(0, requests).forEach(_ -> statuses.add(ask().statusCode()));
        return statuses;
    }

    private HttpResponse<String> ask() {
        return Call.get(port, "/echo");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
