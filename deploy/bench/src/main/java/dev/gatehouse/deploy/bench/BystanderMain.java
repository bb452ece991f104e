package dev.gatehouse.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends requests by schedule for as many nanoseconds as each line that it reads says, and says how long they took. */
final class BystanderMain {

    private BystanderMain() {}

    /** @param arguments port, path, requests a second, connections */
    public static void main(String[] arguments) throws IOException {
        double perSecond = Double.parseDouble(arguments[2]);
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (var load = OpenLoad.forgiven(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[3]))) {
            for (var line = orders.readLine(); line != null; line = orders.readLine()) {
                var flow = Flow.open(arguments[1], "", perSecond);
                load.run(Duration.ofNanos(Long.parseLong(line)), flow);
                System.out.println(
                        flow.sent() - flow.goodInAll() + " " + flow.latencies().written());
            }
        }
    }
}
