package dev.gatehouse.node.backend.http2;

import java.time.Duration;

/**
 * Whether the peer still lives: after a silence it is asked, and has to answer. It is asked rarely: a gRPC server
 * closes the connection of who sends it more than two PINGs without traffic within five minutes.
 *
 * @param silence that is not doubted
 * @param answer how long a PING may go unanswered, and how long a write may take
 */
public record Liveness(Duration silence, Duration answer) {

    /** 15 s and 10 s. */
    public static final Liveness DEFAULT = new Liveness(Duration.ofSeconds(15), Duration.ofSeconds(10));

    /** Between PINGs when nothing else comes, after the first two. */
    static final Duration SELDOM = Duration.ofMinutes(5);
}
