package dev.gatehouse.node.backend;

import dev.gatehouse.node.wire.Framing;
import dev.gatehouse.node.wire.ResponseHead;
import java.time.Duration;
import java.util.regex.Pattern;

/** How long a connection is good for after a response. */
final class KeepAlive {

    private static final Duration LONG = Duration.ofDays(1);

    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:.*[, ])?timeout=([0-9]{1,6})(?:[, ].*)?");

    private KeepAlive() {}

    /** Zero when it must not be used again: the service said so, or where the body ends is not beyond doubt. */
    static Duration after(ResponseHead head, Framing framing) {
        boolean doubtful = head.status() == 204
                && (head.headers().contains("Transfer-Encoding")
                        || head.headers()
                                .first("Content-Length")
                                .filter(length -> !length.equals("0"))
                                .isPresent());
        if (!head.keepsAlive() || framing instanceof Framing.UntilClose || doubtful) {
            return Duration.ZERO;
        }
        // a second less than the service waits (Node waits five), so that it rarely closes as a request is sent
        return head.headers()
                .first("Keep-Alive")
                .map(TIMEOUT::matcher)
                .filter(match -> match.matches())
                .map(match -> Duration.ofSeconds(Math.max(0, Integer.parseInt(match.group(1)) - 1)))
                .orElse(LONG);
    }
}
