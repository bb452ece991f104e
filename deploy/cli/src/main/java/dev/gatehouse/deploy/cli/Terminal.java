package dev.gatehouse.deploy.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/** Where a command reads and writes. */
record Terminal(InputStream in, PrintWriter out, PrintWriter err) {

    /** One line of the result. */
    void say(String line) {
        out.println(plain(line));
    }

    /** One line beside the result. */
    void note(String line) {
        err.println(plain(line));
    }

    /** What a file or a database says must neither break a line nor steer the terminal. */
    private static String plain(String line) {
        return line.replaceAll("\\p{Cc}", " ");
    }
}
