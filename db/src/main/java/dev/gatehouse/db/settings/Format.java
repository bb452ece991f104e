package dev.gatehouse.db.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a text means, and the rule that follows from it. */
public enum Format {
    TEXT("any text without control characters") {
        @Override
        boolean accepts(String text) {
            return text.chars().noneMatch(Character::isISOControl);
        }
    },
    NAME("1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit") {
        @Override
        boolean accepts(String text) {
            return NAME_RULE.matcher(text).matches();
        }
    },
    ORIGIN_URL("http:// or https://, a host, perhaps a port, and nothing behind it, such as http://10.0.0.7:8080") {
        @Override
        boolean accepts(String text) {
            try {
                var uri = new URI(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getPort() != 0
                        && uri.getPort() <= 65_535
                        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    },
    PATH_PATTERN(
            "a path such as /api/users, or /api/users/** for it and everything beneath it; segments are plain characters, not empty, not . or ..") {
        @Override
        boolean accepts(String text) {
            return isPath(text);
        }
    },
    PATH_REWRITE(
            "a path such as /users, or /users/** to append what the route matched with **; segments are plain characters, not empty, not . or ..") {
        @Override
        boolean accepts(String text) {
            return isPath(text);
        }
    };

    private static final Pattern NAME_RULE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SEGMENTS = Pattern.compile("(/[A-Za-z0-9._~!$&'()+,=:@-]+)*(/|/\\*\\*)?");
    private final String rule;

    Format(String rule) {
        this.rule = rule;
    }

    /** The rule as words that complete "must be …". */
    public String rule() {
        return rule;
    }

    /** What is wrong with the text; empty when nothing is. */
    public Optional<String> problem(String text) {
        return accepts(text) ? Optional.empty() : Optional.of("'" + text + "' is refused: must be " + rule + ".");
    }

    abstract boolean accepts(String text);

    private static boolean isPath(String text) {
        return !text.isEmpty()
                && SEGMENTS.matcher(text).matches()
                && !text.contains("/../")
                && !text.contains("/./")
                && !text.endsWith("/..")
                && !text.endsWith("/.");
    }
}
