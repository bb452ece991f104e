package dev.gatehouse.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.demo.http.Client;
import dev.gatehouse.deploy.demo.users.UsersServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program as a process of its own, with the memory it is given in the demo. */
@Timeout(60)
class MainTest {

    private static final int TERMINATED = 143;

    @Test
    void saysWhereEachServiceIsAndStopsOnSigterm() throws IOException, InterruptedException {
        var demo = start("users=0", "products=0", "orders=0");
        try (var said = demo.inputReader()) {
            var users = said.readLine();
            assertThat(users).matches("users \\(REST\\) on http://127\\.0\\.0\\.1:\\d+");
            assertThat(said.readLine()).matches("products \\(gRPC\\) on http://127\\.0\\.0\\.1:\\d+");
            assertThat(said.readLine()).matches("orders \\(GraphQL\\) on http://127\\.0\\.0\\.1:\\d+/graphql");
            try (var client = new Client(portIn(users))) {
                assertThat(client.get("/users/1").statusCode()).isEqualTo(200);
            }
            demo.toHandle().destroy();
            assertThat(said.readLine()).isNull();
            assertThat(demo.waitFor()).isEqualTo(TERMINATED);
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void saysInOneLineThatAPortIsTakenAndStopsTheOthers() throws IOException, InterruptedException {
        try (var first = UsersServer.start("127.0.0.1", 0)) {
            for (var service : List.of("users", "products", "orders")) {
                var demo = start("users=0", service + "=" + first.port());
                assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(demo.exitValue()).isEqualTo(1);
                try (var said = demo.inputReader()) {
                    assertThat(String.join("\n", said.readAllLines()))
                            .isEqualTo(service + " cannot listen on 127.0.0.1:" + first.port()
                                    + ": Address already in use");
                }
            }
        }
    }

    @Test
    void explainsItselfWhenItIsMisused() throws IOException, InterruptedException {
        var demo = start("customers");
        try (var said = demo.inputReader()) {
            assertThat(String.join("\n", said.readAllLines()))
                    .startsWith("There is no service \"customers\".\nUsage: ");
            assertThat(demo.waitFor()).isEqualTo(2);
        }
    }

    private static int portIn(String line) {
        var port = Pattern.compile(":(\\d+)").matcher(line);
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private static Process start(String... words) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), Main.class.getName());
        return new ProcessBuilder(Stream.concat(command, Stream.of(words)).toList())
                .redirectErrorStream(true)
                .start();
    }
}
