package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.store.Author;
import picocli.CommandLine.Option;

/** What every command that publishes a revision has in common. */
final class Publishing {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
    private String reason = "";

    /** The user of the operating system, marked as having used this command. */
    Author author(String otherwise) {
        var user = System.getProperty("user.name", "");
        // The JDK says "?" where the operating system knows no name, as in many containers.
        var name = user.isBlank() || user.equals("?") ? "cli" : user + " (cli)";
        return new Author(name, reason.isBlank() ? otherwise : reason.strip());
    }
}
