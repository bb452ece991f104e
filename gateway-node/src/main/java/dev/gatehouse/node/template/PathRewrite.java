package dev.gatehouse.node.template;

import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.routing.PathTemplate;
import dev.gatehouse.node.wire.CanonicalPath;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A path made of the one that was asked for; canonical again, or none. */
public final class PathRewrite {

    private final boolean changes;
    private final UnaryOperator<String> filling;

    private PathRewrite(boolean changes, UnaryOperator<String> filling) {
        this.changes = changes;
        this.filling = filling;
    }

    /**
     * @param template empty for paths that stay
     * @throws IllegalArgumentException when it cannot be filled from paths that the pattern takes; the message says why
     */
    public static PathRewrite of(String template, PathPattern pattern) {
        if (template.isEmpty()) {
            return new PathRewrite(false, path -> path);
        }
        var compiled = PathTemplate.of(template);
        compiled.problemWith(pattern).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new PathRewrite(true, path -> compiled.fill(pattern, path));
    }

    /** Is there anything to change? */
    public boolean changes() {
        return changes;
    }

    /** @param path canonical, taken by the pattern; empty when what comes of it has more than one reading */
    public Optional<String> apply(String path) {
        var filled = filling.apply(path);
        return new CanonicalPath.Path(filled).equals(CanonicalPath.of(filled)) ? Optional.of(filled) : Optional.empty();
    }
}
