package dev.gatehouse.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/** Our logging, unless {@code java.util.logging.config.file} names another. */
final class Logging {

    private Logging() {}

    static void set() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (var settings = Logging.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
