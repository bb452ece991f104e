package dev.gatehouse.node.quota;

import java.util.List;

/**
 * What {@code quota.lua} says.
 *
 * @param granted permits: those that were asked for, and some ahead
 * @param total used and held by all nodes
 * @param waitMillis until it is worth asking again
 * @param unspent permits that other nodes hold and may give back
 */
record SharedAnswer(What what, long granted, long total, long waitMillis, long unspent) {

    enum What {
        DONE,
        MISSING,
        NOT_COMPARED,
        NOT_ENOUGH,
        NOT_SETTLED,
        HOLDS_TOO_MUCH
    }

    static SharedAnswer of(Object said) {
        var numbers =
                ((List<?>) said).stream().mapToLong(number -> (Long) number).toArray();
        return new SharedAnswer(what(numbers[0]), numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private static What what(long said) {
        return switch (Math.toIntExact(said)) {
            case 0 -> What.DONE;
            case 1 -> What.MISSING;
            case 2 -> What.NOT_COMPARED;
            case 3 -> What.NOT_ENOUGH;
            case 4 -> What.NOT_SETTLED;
            case 5 -> What.HOLDS_TOO_MUCH;
            default -> throw new IllegalStateException("quota.lua said " + said);
        };
    }
}
