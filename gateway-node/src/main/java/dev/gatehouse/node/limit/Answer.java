package dev.gatehouse.node.limit;

import java.util.List;

/**
 * What {@code window.lua} says.
 *
 * @param admitted of those who asked
 * @param left on all nodes, after that
 * @param reset ms until the oldest count leaves the window
 * @param next ms until one more is admitted
 * @param ahead permits for requests to come
 * @param bucket end of the small bucket in which all were counted, ms on Redis' clock
 * @param good ms until then
 */
record Answer(long admitted, long left, long reset, long next, long ahead, long bucket, long good) {

    static Answer of(Object said) {
        var numbers =
                ((List<?>) said).stream().mapToLong(number -> (Long) number).toArray();
        return new Answer(
                numbers[0],
                numbers[1],
                Math.max(0, numbers[2]),
                Math.max(1, numbers[3]),
                numbers[4],
                numbers[5],
                numbers[6]);
    }

    /** For the one that asked as the n-th, from zero: permits go to those who asked first. */
    Decision of(int position) {
        return position < admitted
                ? new Decision.Admitted(left + ahead + admitted - 1 - position, reset)
                : new Decision.Refused(next);
    }
}
