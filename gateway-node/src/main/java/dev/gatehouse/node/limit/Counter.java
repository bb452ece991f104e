package dev.gatehouse.node.limit;

import java.time.Duration;

/**
 * What is counted together, and how far.
 *
 * @param subject under which name, for whom
 * @param limit admissions in any span of that length
 * @param leased whether permits may be taken ahead of the requests they are for
 */
record Counter(String subject, long limit, Duration span, boolean leased) {

    /** Where Redis has it: all nodes and both modes count in one place. */
    String key() {
        return "gatehouse:limit:{" + subject + "}";
    }
}
