package dev.gatehouse.node.backend.balance;

/** How an endpoint failed an attempt. Each is of its own making. */
public enum Failure {
    /** No connection: nothing was sent. */
    UNREACHABLE,
    /** It said that it did nothing with the request. */
    REFUSED,
    /** A fresh connection ended without one byte of an answer. */
    SILENT,
    /** What came is not HTTP, or ended early. */
    BROKEN,
    /** No answer in time. */
    TIMEOUT
}
