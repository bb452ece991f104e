package dev.gatehouse.node.exchange;

import java.util.List;

/**
 * Which limits a refused request met.
 *
 * @param policies their names
 * @param resetSeconds until it is worth another try
 * @param documentation where callers can read about it; empty for nowhere
 */
public record Violation(List<String> policies, long resetSeconds, String documentation) {

    public Violation {
        policies = List.copyOf(policies);
    }
}
