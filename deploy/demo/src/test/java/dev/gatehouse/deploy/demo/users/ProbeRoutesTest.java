package dev.gatehouse.deploy.demo.users;

import static dev.gatehouse.deploy.demo.http.Client.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.demo.http.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProbeRoutesTest {

    private final UsersServer server = UsersServer.start("127.0.0.1", 0);
    private final Client client = new Client(server.port());

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void echoesWhatItWasSent() {
        var echo = json(client.send("PATCH", "/echo?q=a%20b&q=c", "hello", "X-Trace", "1", "X-Trace", "2"));
        assertThat(echo.get("method").asString()).isEqualTo("PATCH");
        assertThat(echo.get("path").asString()).isEqualTo("/echo");
        assertThat(echo.get("query").asString()).isEqualTo("q=a%20b&q=c");
        assertThat(echo.get("bodyLength").asInt()).isEqualTo(5);
        assertThat(echo.at("/headers/x-trace").toString()).isEqualTo("[\"1\",\"2\"]");
    }

    @Test
    void sendsEachPieceOfABodyBackWhileTheRestIsStillToCome() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            send(socket, "POST /echo/body HTTP/1.1\r\nHost: demo\r\nTransfer-Encoding: chunked\r\n\r\n");
            send(socket, "6\r\nfirst\n\r\n");
            assertThat(answer.lines().takeWhile(line -> !line.equals("first")).toList())
                    .contains("Transfer-encoding: chunked");
            send(socket, "7\r\nsecond\n\r\n0\r\n\r\n");
            assertThat(answer.lines().takeWhile(line -> !line.equals("0")).toList())
                    .contains("second");
        }
    }

    @Test
    void sendsABodyOfKnownLengthBackWithThatLength() {
        var echoed = client.send("POST", "/echo/body", "x".repeat(100_000), "Content-Type", "text/plain");
        assertThat(echoed.body()).hasSize(100_000);
        assertThat(echoed.headers().firstValue("Content-Length")).contains("100000");
        assertThat(echoed.headers().firstValue("Content-Type")).contains("text/plain");
    }

    @Test
    void streamsEventsOneByOne() throws IOException {
        var response = client.open("GET", "/stream?events=3&every=30s", BodyPublishers.noBody());
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("id: 1");
            assertThat(lines.readLine()).isEqualTo("data: {\"event\":1,\"of\":3}");
        }
    }

    @Test
    void endsAStreamAfterItsLastEvent() {
        assertThat(client.get("/stream?events=3&every=1ms").body())
                .contains("id: 1\n", "id: 2\n")
                .endsWith("id: 3\ndata: {\"event\":3,\"of\":3}\n\n");
    }

    @Test
    void waitsAsLongAsItIsAskedToAndNoLongerThanHalfAMinute() {
        assertThat(json(client.get("/slow?for=20ms")).get("waitedMillis").asInt())
                .isEqualTo(20);
        assertThat(client.get("/slow?for=31s").statusCode()).isEqualTo(400);
        assertThat(client.get("/slow?for=soon").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 205, 301, 304, 404, 429, 503, 599})
    void answersWithTheStatusItIsAskedFor(int status) {
        assertThat(client.get("/status/" + status).statusCode()).isEqualTo(status);
        assertThat(client.send("POST", "/status/" + status, "body").statusCode())
                .isEqualTo(status);
    }

    @Test
    void refusesAStatusThatIsNone() {
        assertThat(client.get("/status/600").statusCode()).isEqualTo(400);
        assertThat(client.get("/status/100").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 26, 16_380, 1_000_000})
    void sendsExactlySoManyBytes(int count) {
        var response = client.get("/bytes/" + count);
        assertThat(response.body()).hasSize(count);
        assertThat(response.headers().firstValue("Content-Length")).contains(Integer.toString(count));
    }

    @Test
    void repeatsTheAlphabetInBytes() {
        assertThat(client.get("/bytes/16400").body()).startsWith("abcdef").endsWith("uvwxyzabcdefghijklmnopqrst");
    }

    @Test
    void answersWithoutContentAndKeepsTheConnection() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, "GET /status/204 HTTP/1.1\r\nHost: demo\r\n\r\n");
            send(socket, "HEAD /users/1 HTTP/1.1\r\nHost: demo\r\n\r\n");
            send(socket, "GET /status/205 HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n");
            var answers = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answers.lines().filter(line -> line.startsWith("HTTP/1.1 ")))
                    .containsExactly("HTTP/1.1 204 No Content", "HTTP/1.1 200 OK", "HTTP/1.1 205 Reset Content");
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }
}
