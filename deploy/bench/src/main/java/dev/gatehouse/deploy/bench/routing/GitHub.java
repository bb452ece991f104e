package dev.gatehouse.deploy.bench.routing;

import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Any number of routes: the methods and paths of {@code github.txt} for a first host, then for a second one. */
public final class GitHub {

    private static final String SERVICE = "api";

    private GitHub() {}

    private record Line(Method method, String path) {}

    private static List<Line> lines() {
        try (var file = Objects.requireNonNull(GitHub.class.getResourceAsStream("github.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", 2))
                    .map(line -> new Line(Method.valueOf(line[0]), line[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * So many routes as a file for {@code gatehouse apply}.
     *
     * @param service they forward to; the file does not hold it
     */
    public static String file(int count, String service) {
        var text = new StringBuilder("routes:\n");
        routes(count, service).forEach((name, route) -> {
            var match = route.match();
            text.append("  ")
                    .append(name)
                    .append(": { public: true, match: { hosts: [ ")
                    .append(match.hosts().getFirst())
                    .append(" ], path: \"")
                    .append(match.path())
                    .append("\", methods: [ ")
                    .append(match.methods().getFirst())
                    .append(" ] }, forward: { service: ")
                    .append(service)
                    .append(" } }\n");
        });
        return text.toString();
    }

    /** So many routes to that service, by name. */
    public static Map<String, Route> routes(int count, String service) {
        var lines = lines();
        var routes = new LinkedHashMap<String, Route>();
        for (int i = 0; i < count; i++) {
            // few routes are drawn from all over the file, so that few and many have paths of the same kind
            int line = count < lines.size() ? i * lines.size() / count : i % lines.size();
            var host = "api-" + i / lines.size() + ".example.com";
            routes.put("route-" + i, route(lines.get(line), host, service));
        }
        return routes;
    }

    /** One service, and so many routes to it. */
    static Snapshot snapshot(int count) {
        var service = new Service(
                List.of(new Target("http://127.0.0.1:1")),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Protocol.HTTP1,
                ServiceTls.DEFAULT);
        return new Snapshot(Map.of(SERVICE, service), routes(count, SERVICE), Map.of(), Map.of());
    }

    private static Route route(Line line, String host, String service) {
        var match = Settings.read(
                        Match.class,
                        Map.of("hosts", List.of(host), "path", line.path, "methods", List.of(line.method.name())))
                .orThrow();
        return new Route(
                match, true, List.of(), new Forward(service, ""), 10 << 20, Duration.ofMinutes(1), WebSockets.DEFAULT);
    }

    /** A request for each of so many routes, drawn from all. */
    static List<Asked> requests(Snapshot snapshot, int count) {
        var random = new Random(1);
        var routes = new ArrayList<>(snapshot.routes().values());
        var requests = new ArrayList<Asked>();
        for (int i = 0; i < count; i++) {
            var match = routes.get(random.nextInt(routes.size())).match();
            requests.add(new Asked(
                    match.methods().getFirst().name(),
                    match.hosts().getFirst(),
                    PathPattern.of(match.path()).example()));
        }
        return requests;
    }
}
