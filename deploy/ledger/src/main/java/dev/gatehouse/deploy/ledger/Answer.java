package dev.gatehouse.deploy.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * What a caller was told.
 *
 * @param least {@code r} of RateLimit, of several the smallest; below zero where nothing was said of it
 * @param most of several the largest
 * @param retryAfter seconds; below zero where nothing was said of it
 */
record Answer(int status, long least, long most, long retryAfter) {

    private static final String FIELD = "ratelimit:";
    private static final Pattern LEFT = Pattern.compile(";r=(\\d+)\\b");
    private static final Pattern RETRY = Pattern.compile("(?i)retry-after: *(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    static Answer read(InputStream in) throws IOException {
        var start = line(in);
        if (!start.startsWith("HTTP/1.1 ")) {
            throw new IOException("not an answer: " + start);
        }
        long least = -1;
        long most = -1;
        long retry = -1;
        long length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, FIELD, 0, FIELD.length())) {
                for (var left : LEFT.matcher(line)
                        .results()
                        .map(match -> Long.parseLong(match.group(1)))
                        .toList()) {
                    least = least < 0 ? left : Math.min(least, left);
                    most = Math.max(most, left);
                }
            }
            retry = number(RETRY, line, retry);
            length = number(LENGTH, line, length);
        }
        in.skipNBytes(length);
        return new Answer(Integer.parseInt(start.substring(9, 12)), least, most, retry);
    }

    private static long number(Pattern field, String line, long otherwise) {
        var match = field.matcher(line);
        return match.matches() ? Long.parseLong(match.group(1)) : otherwise;
    }

    private static String line(InputStream in) throws IOException {
        var line = Upstream.line(in);
        if (line == null) {
            throw new EOFException("the connection ended");
        }
        return line;
    }

    /**
     * Whether it lacks what it should say, or says what cannot be: who is admitted cannot leave more than there is, who is
     * refused leaves nothing and is told when to come again.
     */
    boolean flawed(long limit) {
        return switch (status) {
            case 200 -> least < 0 || most > limit;
            case 429 -> least != 0 || retryAfter < 1;
            default -> false;
        };
    }
}
