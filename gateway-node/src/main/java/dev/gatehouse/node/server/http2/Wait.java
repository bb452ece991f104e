package dev.gatehouse.node.server.http2;

/** How long a client may keep the gateway waiting: waiting spends it, what the client sends or takes earns some. */
public interface Wait {

    /** Nanoseconds that the next wait may take; not positive when there is none left. */
    long left();

    void waited(long nanos, int bytes);
}
