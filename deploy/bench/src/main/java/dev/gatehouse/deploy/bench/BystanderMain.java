package dev.gatehouse.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Sends requests to all {@link Other}s by schedule for as many nanoseconds as each line that it reads says, and says, a
 * line each, how many failed and how long the rest took. It is the target of the one that works, too.
 */
final class BystanderMain {

    private BystanderMain() {}

    /** @param arguments port, requests a second to each, connections, port of the target */
    public static void main(String[] arguments) throws IOException {
        double perSecond = Double.parseDouble(arguments[1]);
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (var target = new FaultyTarget("127.0.0.1", Integer.parseInt(arguments[3]), Other.WORK);
                var load = OpenLoad.forgiven(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]))) {
            target.is(FaultyTarget.State.SLOW);
            for (var line = orders.readLine(); line != null; line = orders.readLine()) {
                var flows = Stream.of(Other.values())
                        .map(other -> Flow.open(other.path(), "", perSecond))
                        .toArray(Flow[]::new);
                load.run(Duration.ofNanos(Long.parseLong(line)), flows);
                for (var flow : flows) {
                    System.out.println(flow.sent() - flow.goodInAll() + " "
                            + flow.latencies().written());
                }
            }
        }
    }
}
