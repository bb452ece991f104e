package dev.gatehouse.node.wire;

/**
 * What a message head may cost before anything is known about it.
 *
 * @param bytes start line and fields together
 * @param target of the request target; not looked at in a response
 * @param fields field lines
 */
public record HeadLimits(int bytes, int target, int fields) {

    public static final HeadLimits REQUEST = new HeadLimits(32 << 10, 8 << 10, 100);

    /** Services are trusted more than clients, and some set many cookies. */
    public static final HeadLimits RESPONSE = new HeadLimits(64 << 10, 0, 200);
}
