package dev.gatehouse.node.backend;

import java.time.Duration;

/**
 * Whether a service is asked for a WebSocket when a client wants one; where not, it gets the plain request.
 *
 * @param idle how long neither side of an open one may say anything
 */
public record WebSockets(boolean allowed, Duration idle) {

    public static final WebSockets NONE = new WebSockets(false, Duration.ZERO);
}
