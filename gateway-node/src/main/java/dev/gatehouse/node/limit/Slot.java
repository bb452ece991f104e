package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitSlots;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The slots of one limit that this node holds, and how many of them are in use. Whoever speaks of it with Redis holds
 * {@link #turn}; to take one that is held needs no turn.
 */
final class Slot {

    private static final long RENEWED_AFTER = Duration.ofSeconds(2).toNanos();

    private final ReentrantLock turn = new ReentrantLock();
    private long held;
    private long running;
    private long busiest;
    private long until = System.nanoTime();
    private long renewed = until;
    private boolean told = true;
    private boolean tight;
    private int entering;
    private long asked;
    private long refused;

    ReentrantLock turn() {
        return turn;
    }

    /** Somebody is about to take one. */
    synchronized Slot enter() {
        entering++;
        return this;
    }

    synchronized void leave() {
        entering--;
    }

    /** Takes one that this node holds. */
    synchronized boolean takeHeld() {
        return System.nanoTime() - until < 0 && takeUpTo(held);
    }

    synchronized boolean takeUpTo(long most) {
        if (running >= most) {
            return false;
        }
        running++;
        busiest = Math.max(busiest, running);
        return true;
    }

    /** How often Redis was asked for some. */
    synchronized long asked() {
        return asked;
    }

    /** Was anybody refused who asked after that? Then so would be whoever has waited since. */
    synchronized boolean refusedAfter(long nth) {
        return refused > nth;
    }

    /** How many to ask for beside those that are needed. */
    synchronized long wish() {
        return running;
    }

    /** How many are held when Redis is asked for more. Only with the turn. */
    synchronized long toAsk(long now) {
        asked++;
        held = Math.max(running, now - until < 0 ? held : 0);
        told = false;
        return held;
    }

    /**
     * Takes one of what Redis gave. Only with the turn.
     *
     * @param at when it was asked
     */
    synchronized boolean granted(LimitSlots.Granted granted, long at) {
        tight = granted.free() == 0;
        held += granted.slots();
        kept(at);
        if (granted.slots() == 0) {
            refused = asked;
        }
        return takeUpTo(held);
    }

    /** Gives one back. Returns whether others may need it at once. */
    synchronized boolean release() {
        running--;
        return tight;
    }

    /** How many Redis has to be told that are held from now on; empty where there is nothing to say. Only with the turn. */
    synchronized OptionalLong toKeep(long now) {
        long needed = tight || now - until >= 0 ? running : Math.max(running, busiest);
        busiest = running;
        if (told && needed == held && (held == 0 || now - renewed < RENEWED_AFTER)) {
            return OptionalLong.empty();
        }
        held = needed;
        told = false;
        return OptionalLong.of(held);
    }

    /** Redis has heard it. Until then it may know of more, never of fewer. Only with the turn. */
    synchronized void kept(long at) {
        told = true;
        until = at + Slots.HELD.toNanos() - RENEWED_AFTER;
        renewed = at;
    }

    /** Nothing runs, and what was held has expired: also of a Redis that cannot be told. */
    synchronized boolean gone() {
        return running == 0 && entering == 0 && (held == 0 || System.nanoTime() - until >= 0);
    }

    synchronized boolean idle() {
        return running == 0 && held == 0 && told && entering == 0;
    }
}
