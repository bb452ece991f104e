package dev.gatehouse.deploy.ledger;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * What became of each request, by its number: when it was sent, what its caller was told, when it reached the service.
 * Times are of {@link System#nanoTime}; 0 stands for never.
 */
final class Book {

    /** Told nothing: the connection ended, or nobody answered. */
    static final int NOTHING = 0;

    private static final long NEVER = 0;

    private final AtomicLongArray sent;
    private final AtomicLongArray answered;
    private final AtomicLongArray arrived;
    private final AtomicIntegerArray arrivals;
    private final AtomicIntegerArray told;
    private final AtomicIntegerArray flaws;
    private final AtomicReference<String> flaw = new AtomicReference<>("");

    /** @param size how many requests there may be */
    Book(int size) {
        sent = new AtomicLongArray(size);
        answered = new AtomicLongArray(size);
        arrived = new AtomicLongArray(size);
        arrivals = new AtomicIntegerArray(size);
        told = new AtomicIntegerArray(size);
        flaws = new AtomicIntegerArray(size);
    }

    int size() {
        return sent.length();
    }

    /** About to be written to a node. */
    void send(int id) {
        sent.set(id, System.nanoTime());
    }

    void answer(int id, int status) {
        answered.set(id, System.nanoTime());
        told.set(id, status);
    }

    /** @param answer lacks a field that it should have, or says something that cannot be */
    void flaw(int id, String answer) {
        flaws.set(id, 1);
        flaw.compareAndSet("", answer);
    }

    /** At the service. */
    void arrive(int id) {
        if (id >= 0 && id < size()) {
            arrived.compareAndSet(id, NEVER, System.nanoTime());
            arrivals.incrementAndGet(id);
        }
    }

    boolean wasSent(int id) {
        return sent.get(id) != NEVER;
    }

    long sentAt(int id) {
        return sent.get(id);
    }

    /** How long its caller waited for the answer. */
    long waited(int id) {
        return answered.get(id) - sent.get(id);
    }

    long arrivedAt(int id) {
        return arrived.get(id);
    }

    int arrivals(int id) {
        return arrivals.get(id);
    }

    /** How many of those that were sent since then arrived. */
    int arrivedOf(long since) {
        return (int) IntStream.range(0, size())
                .filter(id -> wasSent(id) && sentAt(id) - since >= 0 && arrivals(id) > 0)
                .count();
    }

    /** How many arrived. */
    int arrivedAtAll() {
        return (int) IntStream.range(0, size()).filter(id -> arrivals(id) > 0).count();
    }

    /** How many were sent, neither arrived nor were told anything: who took them may have counted them. */
    int open() {
        return (int) IntStream.range(0, size())
                .filter(id -> wasSent(id) && arrivals(id) == 0 && told(id) == NOTHING)
                .count();
    }

    /** The status, or {@link #NOTHING}. */
    int told(int id) {
        return told.get(id);
    }

    boolean flawed(int id) {
        return flaws.get(id) != 0;
    }

    /** The first answer that was; empty where none was. */
    String flaw() {
        return flaw.get();
    }
}
