package dev.gatehouse.node.backend.balance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What else has a say on whether an endpoint is picked, and hears what became of every attempt. */
public interface Watch {

    /** Says yes, and does not listen. */
    Watch NONE = new Watch() {
        @Override
        public boolean admits() {
            return true;
        }

        @Override
        public void answered(int status, long nanos, long now) {}

        @Override
        public void failed(Failure failure, long nanos) {}
    };

    /** Made for an endpoint that comes into a balance. */
    @FunctionalInterface
    interface Maker {
        /** @param before what watched it so far; to be given back where it may go on */
        Watch watch(Endpoint endpoint, Watch before);
    }

    /** Might it take a request? Asked of candidates in every pick; changes nothing. */
    boolean admits();

    /** Why it admits none, for people. */
    record Objection(Instant since, String why) {}

    /** Null where it admits at the moment. */
    default @Nullable Objection objection() {
        return null;
    }

    /** It is about to be picked. False: another one is, and nothing more is heard of this. */
    default boolean enter() {
        return true;
    }

    /** The head of the answer is here, after so long, on the clock of {@link System#nanoTime}. */
    void answered(int status, long nanos, long now);

    /** No answer came. */
    void failed(Failure failure, long nanos);

    /** The body of an answer of that status, which was told, ended early. */
    default void brokeOff(int status, long nanos) {}

    /** The attempt ended without an outcome: the client left, or was itself at fault. */
    default void left(long nanos) {}
}
