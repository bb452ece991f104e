package dev.gatehouse.db.model;

import dev.gatehouse.db.credential.Authentication;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which requests are taken, what they must pass, and where they go. */
public record Route(
        @Setting(label = "Match", help = "Which requests this route takes.")
        Match match,

        @Setting(
                name = "public",
                label = "Public",
                help = "A public route asks for no credential. Any other refuses a caller without a valid one.",
                fallback = "false")
        boolean isPublic,

        @Setting(label = "Authentication", help = "What callers prove themselves with, unless the route is public.")
        Authentication authentication,

        @Setting(label = "Policies", help = "What a request must pass, beside authentication.", max = "50")
        List<Policy> policies,

        @Inline @Setting(label = "Where requests end", help = "A service answers, or the gateway does.")
        Ending ending,

        @Setting(
                label = "Greatest body",
                help =
                        "The longest body a request may have, such as 10MiB; a longer one is refused with 413. 0B: none.",
                fallback = "10MiB",
                min = "0B",
                max = "1TiB",
                format = Format.SIZE)
        long maxBody,

        @Setting(
                label = "Timeout",
                help = "How long a request may take until its answer begins, its upload included.",
                fallback = "1m",
                min = "1s",
                max = "1d")
        Duration timeout,

        @Setting(label = "WebSockets", help = "Connections that stay open in both directions.")
        WebSockets webSocket,

        @Setting(
                label = "Examples",
                help =
                        "Requests and what has to become of them. A change that breaks one, of whatever thing, is refused.",
                max = "100")
        List<Example> examples,

        @Setting(
                label = "Resilience",
                help = "What the route does when its service fails, and when a node has too much to do.")
        RouteResilience resilience)
        implements Entity, Checked {

    public Route {
        policies = List.copyOf(policies);
        examples = List.copyOf(examples);
    }

    /** One that asks for a key unless it is public, and has no settings of resilience. */
    public Route(
            Match match,
            boolean isPublic,
            List<Policy> policies,
            Ending ending,
            long maxBody,
            Duration timeout,
            WebSockets webSocket,
            List<Example> examples) {
        this(
                match,
                isPublic,
                Authentication.DEFAULT,
                policies,
                ending,
                maxBody,
                timeout,
                webSocket,
                examples,
                RouteResilience.DEFAULT);
    }

    /** The same without examples. */
    public Route(
            Match match,
            boolean isPublic,
            List<Policy> policies,
            Ending ending,
            long maxBody,
            Duration timeout,
            WebSockets webSocket) {
        this(match, isPublic, policies, ending, maxBody, timeout, webSocket, List.of());
    }

    @Override
    public List<Problem> problems() {
        return RouteRules.check(this);
    }

    /** The services it names, by where it names them: {@code forward.service}. */
    public Map<String, String> services() {
        var services = new LinkedHashMap<>(authentication.services());
        if (ending instanceof Forward forward) {
            services.putAll(forward.services());
            resilience.fallback().services().forEach((at, name) -> services.put("resilience.fallback." + at, name));
        }
        return services;
    }
}
