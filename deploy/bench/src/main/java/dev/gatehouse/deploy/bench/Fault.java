package dev.gatehouse.deploy.bench;

import java.util.Locale;

/** What goes wrong with the targets of a service. */
enum Fault {
    /** What all others are held against. */
    NOTHING("nothing happens"),
    KILL("one of four targets is killed"),
    HANG("one of four takes requests and never answers"),
    SLOW("one of four needs 100 ms more"),
    FLAP("one of four dies and comes back, three times a second"),
    RESET("one of four resets its connections in the middle of an answer"),
    HALF("two of four are killed"),
    ALL("all four are killed"),
    NAME("the name of the only target stands for another address, later the old one is killed");

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What is asked meanwhile. */
    String path() {
        return this == NAME ? "/moving" : "/faulty";
    }

    /** As typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
