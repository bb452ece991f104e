package dev.gatehouse.deploy.bench;

import java.io.PrintStream;

/** What a case has shown. */
interface Report {

    void print(PrintStream out);

    /** Whether that is what is demanded. */
    boolean valid();
}
