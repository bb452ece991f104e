package dev.gatehouse.node.identity.token;

import java.util.function.BooleanSupplier;

/** What an issuer's settings make of a text that should be one of its tokens. */
public sealed interface Judgement {

    /** @param holds whether it still is good: not over, its key still believed */
    record Good(Token token, BooleanSupplier holds) implements Judgement {}

    /**
     * @param reason a clause: {@code has expired}
     * @param fits whether it looks like one of this issuer at all
     */
    record Bad(String reason, boolean fits) implements Judgement {}

    /** There is nothing to judge it by. */
    record Unknown() implements Judgement {}
}
