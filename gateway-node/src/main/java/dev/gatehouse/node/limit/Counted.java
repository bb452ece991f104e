package dev.gatehouse.node.limit;

/**
 * What a node counted alone, so that it can be taken back: of a bucket only what cannot have drained meanwhile.
 *
 * @param at when, of the node's own clock that only runs forward, us
 * @param share of this node then: each request weighs as much as there were nodes
 */
record Counted(long at, Share share) {}
