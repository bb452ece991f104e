package dev.gatehouse.db.routing;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as people write it: {@code GET https://api.example.com/users/7?x=1}, or {@code GET /users/7} whatever the host.
 *
 * @param host as written, perhaps with a port; empty when none is written
 * @param path in its one canonical spelling
 * @param query without the question mark; null when there is none
 */
public record RequestText(
        String method, String host, String path, @Nullable String query) {

    /** The rule as words that complete "must be …". */
    public static final String RULE =
            "a method and an address or path, such as GET https://api.example.com/users/7?page=2 or GET /users/7";

    private static final Pattern FORM =
            Pattern.compile("([A-Z]{1,20}) (?:https?://([A-Za-z0-9._:\\[\\]-]+))?(/[^ ?#]*)?(?:\\?([^ #]*))?");

    /** @throws IllegalArgumentException when no node takes such a request; the message is a sentence that says why */
    public static RequestText of(String text) {
        var form = FORM.matcher(text);
        if (!form.matches() || (form.group(2) == null && form.group(3) == null)) {
            throw new IllegalArgumentException("Method and address are apart by one space, and have no fragment.");
        }
        var path = form.group(3) == null ? "/" : form.group(3);
        return new RequestText(
                form.group(1), form.group(2) == null ? "" : form.group(2), CanonicalText.path(path), form.group(4));
    }

    /** What is wrong with the text; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("'" + text + "' is refused: must be " + RULE + ". " + e.getMessage());
        }
    }
}
