package dev.gatehouse.db.model;

import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.routing.PathTemplate;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where a route's requests go. */
public record Forward(
        @Setting(label = "Service", help = "Which service answers.", format = Format.NAME)
        String service,

        @Setting(
                label = "Rewrite path",
                help =
                        "The path at the service: /v1/users/{id} with parameters of the route's path; /users/** appends what lies beneath it. Empty: the path stays.",
                optional = true,
                format = Format.PATH_REWRITE)
        String rewrite) {

    /**
     * From a path that the pattern takes to the path at the service.
     *
     * @throws IllegalArgumentException when the rewrite cannot be filled from such paths; the message says why
     */
    public UnaryOperator<String> rewriting(PathPattern pattern) {
        if (rewrite.isEmpty()) {
            return path -> path;
        }
        var template = PathTemplate.of(rewrite);
        template.problemWith(pattern).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return path -> template.fill(pattern, path);
    }

    /** What is wrong with the rewrite of such paths. */
    Optional<Problem> problem(PathPattern pattern) {
        return rewrite.isEmpty()
                ? Optional.empty()
                : PathTemplate.of(rewrite).problemWith(pattern).map(message -> new Problem("rewrite", message));
    }
}
