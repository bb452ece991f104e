package dev.gatehouse.deploy.local;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person at the terminal how far it is. */
final class Progress {

    private static final double NANOS = 1e9;

    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    synchronized void done(String what) {
        out.printf(Locale.ROOT, "  %-34s %5.1f s%n", what, seconds());
    }

    synchronized void say(String line) {
        out.println(line);
    }

    double seconds() {
        return (System.nanoTime() - start) / NANOS;
    }
}
