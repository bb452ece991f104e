package dev.gatehouse.node.limit;

import dev.gatehouse.db.live.LimitSlots;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The slots of one limit that this node holds, and how many of them are in use. */
final class Slot {

    private static final long RENEWED_AFTER = Duration.ofSeconds(2).toNanos();

    private long held;
    private long running;
    private long busiest;
    private long until = System.nanoTime();
    private long renewed = System.nanoTime();
    private boolean tight;
    private int entering;

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

    /** How many to ask for beside the one that is needed. */
    synchronized long wish() {
        return Math.min(running, busiest);
    }

    /** Takes one of what Redis gave. */
    synchronized boolean granted(LimitSlots.Granted granted) {
        tight = granted.free() == 0;
        if (granted.slots() == 0) {
            return takeHeld();
        }
        long now = System.nanoTime();
        held = now - until < 0 ? held + granted.slots() : granted.slots();
        until = now + Slots.HELD.toNanos() - RENEWED_AFTER;
        renewed = now;
        return takeUpTo(Math.max(held, running + 1));
    }

    /** Gives one back. Returns whether others may need it at once. */
    synchronized boolean release() {
        running--;
        return tight;
    }

    /** What Redis has to be told: slots given back, and those that are still held. */
    record Keeping(long back, long slots) {}

    /** Null where there is nothing to say. */
    synchronized @Nullable Keeping toKeep() {
        long now = System.nanoTime();
        long needed = tight ? running : Math.max(running, busiest);
        busiest = running;
        if (needed == held && (held == 0 || now - renewed < RENEWED_AFTER)) {
            return null;
        }
        var keeping = new Keeping(Math.max(0, held - needed), needed);
        held = needed;
        until = now + Slots.HELD.toNanos() - RENEWED_AFTER;
        renewed = now;
        return keeping;
    }

    /** Nothing runs, and what was held has expired: also of a Redis that cannot be told. */
    synchronized boolean gone() {
        return running == 0 && entering == 0 && (held == 0 || System.nanoTime() - until >= 0);
    }

    synchronized boolean idle() {
        return running == 0 && held == 0 && entering == 0;
    }
}
