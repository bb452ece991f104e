package dev.gatehouse.deploy.demo.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people write them: {@code 250ms}, {@code 2s}. */
final class Spans {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s)");

    private Spans() {}

    static Optional<Duration> parse(String text) {
        var time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(time.group(1));
        return Optional.of(time.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number));
    }
}
