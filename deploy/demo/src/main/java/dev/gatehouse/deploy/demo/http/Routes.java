package dev.gatehouse.deploy.demo.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which action answers. The first route that fits wins; GET answers HEAD too, and OPTIONS is answered here. */
public final class Routes {

    private static final String ANY = "*";

    private final List<Route> routes = new ArrayList<>();

    /** @param path with variables as segments in braces: {@code /users/{id}} */
    public Routes on(String method, String path, Action action) {
        routes.add(new Route(method, new PathPattern(path), action));
        return this;
    }

    public Routes onAny(String path, Action action) {
        return on(ANY, path, action);
    }

    Answer answer(HttpExchange exchange) throws IOException {
        var method = exchange.getRequestMethod();
        var path = exchange.getRequestURI().getRawPath();
        var allowed = new LinkedHashSet<String>();
        for (var route : routes) {
            var variables = route.path.match(path);
            if (variables.isPresent() && route.answers(method)) {
                return route.action.answer(new Call(exchange, variables.get()));
            }
            variables.ifPresent(_ -> allowed.addAll(route.methods()));
        }
        if (allowed.isEmpty()) {
            throw new RefusedException(404, "Nothing is at " + path + ".");
        }
        allowed.add("OPTIONS");
        var allow = String.join(", ", allowed);
        if (method.equals("OPTIONS")) {
            return Answer.empty(204).with("Allow", allow);
        }
        throw RefusedException.notAllowed(allow);
    }

    private record Route(String method, PathPattern path, Action action) {

        boolean answers(String wanted) {
            return method.equals(ANY) || methods().contains(wanted);
        }

        List<String> methods() {
            return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
        }
    }

    private record PathPattern(List<String> segments) {

        PathPattern(String path) {
            this(List.of(path.split("/", -1)));
        }

        Optional<Map<String, String>> match(String path) {
            var actual = path.split("/", -1);
            if (actual.length != segments.size()) {
                return Optional.empty();
            }
            var variables = new HashMap<String, String>();
            for (var i = 0; i < actual.length; i++) {
                var segment = segments.get(i);
                if (segment.startsWith("{")) {
                    variables.put(segment.substring(1, segment.length() - 1), actual[i]);
                } else if (!segment.equals(actual[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }
}
