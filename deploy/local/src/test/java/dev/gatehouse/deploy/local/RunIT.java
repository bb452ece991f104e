package dev.gatehouse.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    void answersItsThreeCurlsAndLeavesNothingBehind() {
        var run = Run.start(folder, ports).awaitReady();
        var output = run.output();
        var key = key(output);
        var users = "/api/users";

        assertThat(output).containsPattern("user admin, password \\S{12,}");
        assertThat(Run.get(node(0) + users).statusCode()).isEqualTo(401);
        var alice = Run.get(node(0) + users + "/1", "X-API-Key", key);
        assertThat(alice.statusCode()).isEqualTo(200);
        assertThat(alice.body()).contains("\"id\"");
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 60; i++) {
            statuses.add(Run.get(node(i % 2) + users, "X-API-Key", key).statusCode());
        }
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(59);
        assertThat(statuses.getLast()).isEqualTo(429);
        assertThat(Run.get("http://127.0.0.1:" + ports.console() + "/login").statusCode())
                .isEqualTo(200);

        var children = run.children();
        assertThat(children).hasSizeGreaterThanOrEqualTo(6);
        run.end();
        assertThat(run.output()).contains("Everything has ended");
        await().atMost(Duration.ofSeconds(30)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void keepsItsStateAndTakesOverFromARunThatWasKilled() {
        var killed = Run.start(folder, ports, "--nodes=1").awaitReady();
        var key = key(killed.output());
        killed.kill();

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
