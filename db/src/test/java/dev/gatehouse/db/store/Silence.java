package dev.gatehouse.db.store;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a library from printing what a test expects to go wrong. */
final class Silence implements AutoCloseable {

    private final Logger logger;

    Silence(String name) {
        logger = Logger.getLogger(name);
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(null);
    }
}
