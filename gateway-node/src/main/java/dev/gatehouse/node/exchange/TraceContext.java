package dev.gatehouse.node.exchange;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a distributed trace: W3C Trace Context.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param spanId of this gateway's part, 16 of them, not all zero
 * @param flags two of them
 * @param parent the caller's span; null where the trace begins here
 */
public record TraceContext(
        String traceId,
        String spanId,
        String flags,
        @Nullable String parent) {

    /** A later version may say more behind what this one has. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private static final String VERSION = "00";

    /** Of the flags, sampled and random have a meaning; the others must not be handed on. */
    private static final int KNOWN_FLAGS = 0x03;

    private static final int SAMPLED = 0x01;
    private static final String RANDOM = "02";
    private static final String RANDOM_AND_SAMPLED = "03";

    /** The caller's trace with a span of our own; empty when its {@code traceparent} is malformed. */
    public static Optional<TraceContext> continued(String traceparent) {
        var match = TRACEPARENT.matcher(traceparent);
        if (!match.matches() || (match.group(1).equals(VERSION) && match.group(5) != null)) {
            return Optional.empty();
        }
        int flags = HexFormat.fromHexDigits(match.group(4)) & KNOWN_FLAGS;
        return Optional.of(
                new TraceContext(match.group(2), span(), HexFormat.of().toHexDigits((byte) flags), match.group(3)));
    }

    /**
     * A trace that begins here.
     *
     * @param share of those that are marked as sampled, 0 to 1
     */
    public static TraceContext begun(double share) {
        var trace = new byte[32];
        span(trace, 0);
        span(trace, 16);
        var flags = ThreadLocalRandom.current().nextDouble() < share ? RANDOM_AND_SAMPLED : RANDOM;
        return new TraceContext(new String(trace, StandardCharsets.ISO_8859_1), span(), flags, null);
    }

    /** The same place once more, for a further time that a service is asked. */
    public TraceContext beside() {
        return new TraceContext(traceId, span(), flags, parent);
    }

    /** Is what is told of it to be kept? Whoever began the trace has decided that. */
    public boolean sampled() {
        return (HexFormat.fromHexDigits(flags) & SAMPLED) != 0;
    }

    /** The field as the next hop gets it. */
    public String traceparent() {
        return VERSION + "-" + traceId + "-" + spanId + "-" + flags;
    }

    private static String span() {
        var digits = new byte[16];
        span(digits, 0);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** Sixteen random digits, not all zero. */
    private static void span(byte[] digits, int from) {
        long id;
        do {
            id = ThreadLocalRandom.current().nextLong();
        } while (id == 0);
        for (int i = from; i < from + 16; i++) {
            digits[i] = DIGITS[(int) (id >>> 60)];
            id <<= 4;
        }
    }
}
