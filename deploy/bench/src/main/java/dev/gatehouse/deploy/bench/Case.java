package dev.gatehouse.deploy.bench;

import java.util.List;
import java.util.Locale;

/** What is measured. */
enum Case {
    PLAIN("a public route, 100 bytes of JSON", "/plain"),
    KEY("an API key, a limit counted in Redis, live counts; 100 bytes of JSON", "/key"),
    LARGE("a public route, 100 KB", "/large"),
    TLS("a public route over TLS, connections kept, 100 bytes of JSON", "/plain");

    private final String title;
    private final String path;

    Case(String title, String path) {
        this.title = title;
        this.path = path;
    }

    String title() {
        return title;
    }

    String path() {
        return path;
    }

    /** By name, in the order of the table. */
    List<String> contenders() {
        return switch (this) {
            case PLAIN, LARGE -> List.of("nginx", "haproxy", "relay", "node");
            case KEY -> List.of("nginx-lua", "node");
            case TLS -> List.of("nginx", "haproxy", "node");
        };
    }

    /** Whether the load shows an API key. */
    boolean keyed() {
        return this == KEY;
    }

    boolean tls() {
        return this == TLS;
    }

    /** As typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
