package dev.gatehouse.node.server;

import java.util.List;

/**
 * Whether a load balancer should send traffic here, and what that rests on.
 *
 * @param ready 200 or 503
 * @param state one word: starting, ready, draining
 * @param revision the configuration in use, 0 before the first
 * @param checks what was looked at; for people, they do not decide
 */
public record Readiness(boolean ready, String state, long revision, List<Check> checks) {

    /** @param detail one plain sentence */
    public record Check(String name, boolean ok, String detail) {}

    public Readiness {
        checks = List.copyOf(checks);
    }
}
