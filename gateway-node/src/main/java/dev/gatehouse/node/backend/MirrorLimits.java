package dev.gatehouse.node.backend;

import java.time.Duration;

/**
 * Of the copies to one service. What is beyond them is dropped and counted.
 *
 * @param copies held at once, bodies included, whether waiting or sent
 * @param busy sent at once
 * @param body bytes; a longer one is not copied
 * @param answer bytes that are read and thrown away before the connection is given up instead
 * @param time for the whole of one, its wait included
 */
record MirrorLimits(int copies, int busy, int body, int answer, Duration time) {

    /** 128 of at most 64 KiB, 16 at once, 1 MiB of an answer, 10 s. */
    static final MirrorLimits DEFAULT = new MirrorLimits(128, 16, 64 << 10, 1 << 20, Duration.ofSeconds(10));
}
