package dev.gatehouse.node.server;

import dev.gatehouse.node.exchange.Body;
import java.util.function.LongSupplier;

/** A request's body as its connection sees it. */
sealed interface ClientBody extends Body permits RequestBody, NoBody {

    /** Until the request is answered, no read may last longer than that. */
    void within(LongSupplier nanos);

    /** The final answer is on its way: how long an upload beside it takes is for its rate alone to say. */
    void answering();

    /** Whether it has nothing to be read, or was read to its end; for any thread, and never to wait. */
    boolean ended();

    /** Whether this body was read to its end. */
    boolean complete();

    /** Whether {@link #drain} is likely to reach the end soon, so that the connection can be promised to stay. */
    boolean drainable();

    /** Reads and forgets the rest, at most {@code limit} bytes. False when the end was not reached. */
    boolean drain(long limit);

    /** Reads on for a client whose connection ends, whatever it still sends, so that a reset does not overtake the answer. */
    void linger(long limit);
}
