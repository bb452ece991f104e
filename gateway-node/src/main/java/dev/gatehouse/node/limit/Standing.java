package dev.gatehouse.node.limit;

/** How far this node and Redis agree on what was counted. */
public enum Standing {
    /** Nobody was asked yet. */
    NEW,
    /** The counts in Redis are believed. */
    COUNTING,
    /** Redis counts, but not every node has told it yet what it admitted alone; until then each keeps to its share, too. */
    JOINED,
    /** Redis does not answer, or does not count. */
    AWAY
}
