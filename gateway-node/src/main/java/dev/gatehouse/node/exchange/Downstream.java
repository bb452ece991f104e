package dev.gatehouse.node.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What the client's connection takes beside one final answer.
 *
 * @param interim where 103 Early Hints go
 * @param trailers whether the client reads fields after the body: {@code TE: trailers}, RFC 9110, 6.5.1
 * @param upgrade the protocol the client asks to go on with, in lower case; null when it asks for none
 */
public record Downstream(
        Interim interim, boolean trailers, @Nullable String upgrade) {

    /** Sends an interim answer at once, where the client's version has them. */
    @FunctionalInterface
    public interface Interim {

        /**
         * Never throws: that a client is gone shows when it is answered.
         *
         * @param status 102 to 199
         */
        void send(int status, Headers headers);
    }

    /** One answer and no more. */
    public static final Downstream PLAIN = new Downstream((_, _) -> {}, false, null);
}
