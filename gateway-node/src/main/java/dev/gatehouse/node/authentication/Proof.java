package dev.gatehouse.node.authentication;

import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Rejection;
import java.util.function.BooleanSupplier;

/** What came of looking for one kind of credential in a request. */
sealed interface Proof {

    /** The request shows none of that kind. */
    Proof ABSENT = new Absent();

    record Absent() implements Proof {}

    /** @param holds whether it still would, asked again while a tunnel is open; thread-safe and cheap */
    record Proven(Caller caller, BooleanSupplier holds) implements Proof {}

    /**
     * @param rejection without challenges
     * @param error what the challenge of its scheme says beside it, such as {@code error="invalid_token"}; may be empty
     * @param attempt whether it counts against the address: not where the fault is ours
     * @param fits whether it looks like one of that kind at all, so that its reason is the one to tell
     */
    record Refused(Rejection rejection, String error, boolean attempt, boolean fits) implements Proof {}
}
