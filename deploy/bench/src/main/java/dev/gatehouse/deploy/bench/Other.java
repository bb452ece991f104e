package dev.gatehouse.deploy.bench;

import java.time.Duration;
import java.util.Locale;

/** A service that is well while another one fails. */
enum Other {
    /** Its answer is there at once: what it takes is what the gateway takes. */
    PROMPT("/plain"),
    /** It needs some time, as services do. */
    WORKING("/working");

    /** What it takes where it is {@link #WORKING}. */
    static final Duration WORK = Duration.ofMillis(5);

    private final String path;

    Other(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** As in the report. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
