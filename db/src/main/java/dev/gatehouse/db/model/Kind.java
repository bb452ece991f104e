package dev.gatehouse.db.model;

import java.util.Locale;

/** The kinds of things that carry a name in the configuration. */
public enum Kind {
    SERVICE(Service.class),
    ROUTE(Route.class),
    CONSUMER(Consumer.class),
    CERTIFICATE(Certificate.class);

    private final Class<? extends Record> type;

    <T extends Record & Entity> Kind(Class<T> type) {
        this.type = type;
    }

    /** The record that holds the settings of one such thing. */
    public Class<? extends Record> type() {
        return type;
    }

    public static Kind of(Entity entity) {
        return switch (entity) {
            case Service _ -> SERVICE;
            case Route _ -> ROUTE;
            case Consumer _ -> CONSUMER;
            case Certificate _ -> CERTIFICATE;
        };
    }

    /** Lower case: as stored, and in sentences. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Kind stored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
