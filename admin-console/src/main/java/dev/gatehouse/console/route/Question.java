package dev.gatehouse.console.route;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that somebody asks about: {@code /users/7}, {@code GET /users/7} or {@code GET https://api.example.com/users/7?x=1}.
 *
 * @param method empty when none is said
 * @param host with its port; empty when none is said
 * @param target path and query
 */
record Question(String method, String host, String target) {

    private static final Pattern FORM = Pattern.compile("(?:([A-Za-z]{1,20}) +)?(?:https?://([^/?#]+))?(/.*)?");
    private static final String ANY = "ANY";

    /** Empty for what is no request, but a text to look for: {@code users}, {@code /api/**}. */
    static Optional<Question> of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || (form.group(2) == null && form.group(3) == null) || isPattern(text)) {
            return Optional.empty();
        }
        var method = text(form.group(1)).toUpperCase(Locale.ROOT);
        var target = text(form.group(3));
        return Optional.of(
                new Question(method.equals(ANY) ? "" : method, text(form.group(2)), target.isEmpty() ? "/" : target));
    }

    private static boolean isPattern(String text) {
        return text.contains("*") || text.contains("{");
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }

    /** As an example writes it. */
    String request(String method, String host) {
        return method + " " + (host.isEmpty() ? "" : "http://" + host) + target;
    }
}
