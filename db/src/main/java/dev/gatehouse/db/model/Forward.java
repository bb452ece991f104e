package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;

/** Where a route's requests go. */
public record Forward(
        @Setting(label = "Service", help = "Which service answers.", format = Format.NAME)
        String service,

        @Setting(
                label = "Rewrite path",
                help =
                        "The path at the service; /users/** appends what the route matched with **. Empty: the path stays.",
                optional = true,
                format = Format.PATH_REWRITE)
        String rewrite) {

    /**
     * The path at the service.
     *
     * @param match the route's match, which took the path
     * @param path a canonical path
     */
    public String rewritten(Match match, String path) {
        if (rewrite.isEmpty()) {
            return path;
        }
        if (!Match.isOpen(rewrite)) {
            return rewrite;
        }
        var rewritten = Match.stem(rewrite) + path.substring(match.prefix().length());
        return rewritten.isEmpty() ? "/" : rewritten;
    }
}
