package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.wire.http2.ErrorCode;
import dev.gatehouse.node.wire.http2.Http2Exception;

/** How much of something that costs the gateway more than the client is still bearable: it grows with time and use. */
final class Budget {

    private static final long SECOND = 1_000_000_000L;

    private final long most;
    private final long nanosEach;
    private long left;
    private long filled = System.nanoTime();

    /** @param most to begin with, and at any time */
    Budget(long most, long perSecond) {
        this.most = most;
        nanosEach = SECOND / perSecond;
        left = most;
    }

    synchronized void earn(long more) {
        left = Math.min(most, left + more);
    }

    /** @throws Http2Exception when it is used up; the connection is over */
    synchronized void spend(long cost, String on) throws Http2Exception {
        long grown = (System.nanoTime() - filled) / nanosEach;
        filled += grown * nanosEach;
        left = Math.min(most, left + grown) - cost;
        if (left < 0) {
            throw Http2Exception.connection(ErrorCode.ENHANCE_YOUR_CALM, "too many " + on);
        }
    }
}
