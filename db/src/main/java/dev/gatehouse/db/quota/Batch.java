package dev.gatehouse.db.quota;

import java.util.List;
import java.util.UUID;

/**
 * What a node has admitted since its last batch. Whoever sends it twice is counted once; the batches of one boot must
 * come in their order.
 *
 * @param node for people alone: what one has not had taken another may send
 * @param boot drawn anew wherever the sequence begins again
 * @param sequence from 1
 */
public record Batch(String node, UUID boot, long sequence, List<Entry> entries) {

    public Batch {
        entries = List.copyOf(entries);
    }

    /**
     * One account's share.
     *
     * @param cost what was admitted; below zero where something was given back
     * @param amount of the quota itself, for what is carried over from it
     * @param allowed all that the subject may use in the period
     * @param percents of it at which an alert is due, once each
     */
    public record Entry(Account account, long cost, long amount, long allowed, List<Integer> percents) {

        public Entry {
            percents = List.copyOf(percents);
        }
    }
}
