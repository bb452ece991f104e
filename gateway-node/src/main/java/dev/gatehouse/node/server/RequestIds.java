package dev.gatehouse.node.server;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What a request is called in every log line, answer and console page. */
final class RequestIds {

    private RequestIds() {}

    /** What the caller sent when it is safe to repeat, else a UUIDv7 (RFC 9562, 5.7), which sorts by time. */
    static String of(Optional<String> sent) {
        return sent.filter(RequestIds::accepted)
                .orElseGet(() -> next(System.currentTimeMillis()).toString());
    }

    private static boolean accepted(String id) {
        return id.length() >= 8
                && id.length() <= 64
                && id.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }

    static UUID next(long millis) {
        var random = ThreadLocalRandom.current();
        long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low);
    }
}
