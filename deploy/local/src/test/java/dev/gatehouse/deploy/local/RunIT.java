package dev.gatehouse.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.servers.PostgresServer;
import dev.gatehouse.deploy.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, from start to signal. */
class RunIT {

    private static final Pattern KEY = Pattern.compile("gk_live_[0-9A-Za-z]{46}");

    private final Run.Ports ports = Run.Ports.free();

    @TempDir
    private Path folder;

    @Test
    void printsThreeCurlsThatDoWhatTheySayAndLeavesNothingBehind() {
        try (var run = Run.start(folder, ports).awaitReady()) {
            var output = run.output();

            assertThat(output).containsPattern("user admin, password \\S{12,}");
            assertThat(run.shell(curl(output, "401")))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("key-missing");
            assertThat(run.shell(curl(output, "200")))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"id\":1");
            // one of the 60 is used up
            assertThat(run.shell(curl(output, "429"))).containsPattern("59 200\\s+2 429");
            assertThat(run.shell("deploy/gatehouse export")).contains("users-api:");
            assertThat(run.shell("deploy/gatehouse keys issue web-shop --name laptop"))
                    .containsPattern(KEY);
            assertThat(run.shell("deploy/gatehouse apply deploy/demo/gatehouse.yaml"))
                    .contains("revision 3: ");
            assertThat(Run.get("http://127.0.0.1:" + ports.console() + "/login").statusCode())
                    .isEqualTo(200);

            var children = run.children();
            assertThat(children).as("Redis, demo, console, two nodes").hasSize(5);
            run.end();
            assertThat(run.output()).contains("Everything has ended");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(ports.areFree()).isTrue();
        }
    }

    private static String curl(String output, String status) {
        return output.lines()
                .filter(line -> line.startsWith("  " + status + "  "))
                .map(line -> line.substring(7))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsItsStateAndTakesOverFromARunThatWasKilled() {
        String key;
        try (var killed = Run.start(folder, ports, "--nodes=1").awaitReady()) {
            key = key(killed.output());
            killed.kill();
        }

        try (var run = Run.start(folder, ports, "--nodes=1").awaitReady()) {
            assertThat(run.output()).contains("An earlier run was killed; ended what it left: ", "node-1");
            assertThat(key(run.output())).isEqualTo(key);
            assertThat(Run.get(node(0) + "/api/users", "X-API-Key", key).statusCode())
                    .isEqualTo(200);

            var second = Run.start(folder, Run.Ports.free());
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by another Gatehouse");
        }

        try (var fresh = Run.start(folder, ports, "--nodes=1", "--fresh").awaitReady()) {
            assertThat(key(fresh.output())).isNotEqualTo(key);
        }
    }

    @Test
    void usesTheServersThatTheEnvironmentNames() {
        try (var postgres = PostgresServer.temporary();
                var redis = RedisServer.temporary()) {
            var environment = Map.of(
                    "GATEHOUSE_DB_URL", postgres.url(),
                    "GATEHOUSE_DB_USER", postgres.user(),
                    "GATEHOUSE_DB_PASSWORD", postgres.password(),
                    "GATEHOUSE_REDIS_URL", redis.url());
            try (var run = Run.start(folder, ports, environment, "--nodes=1").awaitReady()) {
                assertThat(run.output()).contains(postgres.url(), redis.url());
                assertThat(Run.get(node(0) + "/api/users", "X-API-Key", key(run.output()))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(folder.resolve("home/postgres")).doesNotExist();
                assertThat(folder.resolve("home/redis")).doesNotExist();
            }
        }
    }

    @Test
    void saysWhichPortIsTakenAndWhatToDo() throws IOException {
        try (var _ = new ServerSocket(ports.http(), 1, InetAddress.getLoopbackAddress());
                var _ = new ServerSocket(ports.console(), 1, InetAddress.getLoopbackAddress())) {
            var run = Run.start(folder, ports);

            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.output())
                    .contains("Port " + ports.http() + " is taken", "--http-port")
                    .contains("Port " + ports.console() + " is taken", "--console-port");
        }
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        var run = Run.start(folder, ports, "--nodes=0");

        assertThat(run.awaitExit()).isEqualTo(2);
        assertThat(run.output()).contains("--nodes is 0; it must be from 1 to 20.");
    }

    private String node(int index) {
        return "http://127.0.0.1:" + (ports.http() + index);
    }

    private static String key(String output) {
        var key = KEY.matcher(output);
        assertThat(key.find()).as(output).isTrue();
        return key.group();
    }
}
