package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a node has all that it is measured with: one without Redis answers too, and faster. */
final class NodeState {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_MILLIS = 100;

    private NodeState() {}

    /**
     * Of a contender that is no node nothing is required.
     *
     * @throws BenchException that names what a node lacks
     */
    static void require(Contender contender) {
        if (contender.adminPort() == 0) {
            return;
        }
        var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + contender.adminPort() + "/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long due = System.nanoTime() + PATIENCE;
        try (var http = HttpClient.newHttpClient()) {
            for (var lacks = lacks(http, ready); !lacks.isEmpty(); lacks = lacks(http, ready)) {
                if (System.nanoTime() - due > 0) {
                    throw new BenchException(contender.name() + " is not ready: " + lacks, null);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    private static String lacks(HttpClient http, HttpRequest ready) throws InterruptedException {
        try {
            return lacks(http.send(ready, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return "it does not say how it is.";
        }
    }

    /** What of an answer to {@code /ready} is not as it should be; empty when all is. */
    static String lacks(String answer) {
        try {
            var said = JsonMapper.shared().readTree(answer);
            var state = said.path("state").asString("");
            var checks = said.path("checks")
                    .valueStream()
                    .filter(check -> !check.path("ok").asBoolean(false))
                    // for people, such as that a certificate expires soon
                    .filter(check -> !check.path("name").asString("").equals("problem"))
                    .map(NodeState::told)
                    .toList();
            return state.equals("ready") && checks.isEmpty() ? "" : told(state, checks);
        } catch (JacksonException e) {
            return "it says " + answer;
        }
    }

    private static String told(JsonNode check) {
        return check.path("name").asString("") + " (" + check.path("detail").asString("") + ")";
    }

    private static String told(String state, List<String> checks) {
        return checks.stream().collect(Collectors.joining(", ", state + ", ", ""));
    }
}
