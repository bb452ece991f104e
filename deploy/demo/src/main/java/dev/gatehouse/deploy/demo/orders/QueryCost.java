package dev.gatehouse.deploy.demo.orders;

import graphql.analysis.FieldComplexityCalculator;
import graphql.analysis.FieldComplexityEnvironment;

/** A field costs one and what is below it; a list that may be as long as its limit costs that many times what is below. */
final class QueryCost implements FieldComplexityCalculator {

    /** A hundred orders with everything that is in them pass; their customers' orders with them do not. */
    static final int MOST = 5_000;

    /** The introspection query that tools send is 14 deep. */
    static final int DEEPEST = 15;

    /** So high that it is refused, so low that the sum over the fields of the longest document is still an int. */
    private static final int CAP = 100_000;

    @Override
    public int calculate(FieldComplexityEnvironment field, int below) {
        var times = field.getArguments().get("limit") instanceof Integer limit ? Math.max(limit, 1) : 1;
        return (int) Math.min(1 + (long) times * below, CAP);
    }
}
