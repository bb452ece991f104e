package dev.gatehouse.node.server;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** What a request is called in every log line, answer and console page. */
final class RequestIds {

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestIds() {}

    /** What the caller sent when it is safe to repeat, else a UUIDv7 (RFC 9562, 5.7), which sorts by time. */
    static String of(Optional<String> sent) {
        return sent.filter(id -> ACCEPTED.matcher(id).matches())
                .orElseGet(() -> next(System.currentTimeMillis()).toString());
    }

    static UUID next(long millis) {
        var random = ThreadLocalRandom.current();
        long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low);
    }
}
