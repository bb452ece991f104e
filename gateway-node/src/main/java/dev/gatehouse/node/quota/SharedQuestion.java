package dev.gatehouse.node.quota;

import dev.gatehouse.db.quota.Figure;
import java.util.List;

/**
 * What {@code quota.lua} is asked.
 *
 * @param number of what this boot says about the account; what is not later is passed over
 * @param held handed out to this node and not yet in the ledger
 * @param unspent of that
 * @param asked permits wanted; 0: only to tell
 * @param wished permits beyond them
 * @param allowed in the period
 * @param most that a node may hold; 0: anything
 * @param figure what the ledger said last, as far as this node knows
 * @param justNow whether it has said so just now
 * @param strict whether the key must have been compared with the ledger lately
 */
record SharedQuestion(
        String key,
        long number,
        long held,
        long unspent,
        long asked,
        long wished,
        long allowed,
        long most,
        Figure figure,
        boolean justNow,
        Making making,
        boolean strict,
        long ttlMillis) {

    private static final long LAST = 1L << 50;

    /** The last word of a process that has ended: it holds nothing. */
    static SharedQuestion leaving(String key, Figure figure) {
        return new SharedQuestion(key, LAST, 0, 0, 0, 0, 0, 0, figure, true, Making.NO, false, 1);
    }

    /** May the key be made? */
    enum Making {
        NO("0"),
        NEW("1"),
        LOST("2");

        private final String written;

        Making(String written) {
            this.written = written;
        }
    }

    List<String> arguments(String boot, int nodes) {
        return List.of(
                boot,
                Long.toString(number),
                Long.toString(held),
                Long.toString(Math.max(0, unspent)),
                Long.toString(asked),
                Long.toString(wished),
                Long.toString(allowed),
                Integer.toString(nodes),
                Long.toString(most),
                Long.toString(figure.used()),
                Long.toString(figure.version()),
                justNow ? "1" : "0",
                making.written,
                strict ? "1" : "0",
                Long.toString(Math.max(1, ttlMillis)));
    }
}
