package dev.gatehouse.db.model;

import java.util.Locale;

/** The kinds of things that carry a name in the configuration. */
public enum Kind {
    SERVICE(Service.class),
    ROUTE(Route.class),
    CONSUMER(Consumer.class),
    CERTIFICATE(Certificate.class),
    API(Api.class),
    CLIENT_TYPE(ClientType.class),
    PLAN(Plan.class),
    ISSUER(Issuer.class),
    LOGIN(Login.class),
    SIGNING_KEY(SigningKey.class),
    WEBHOOK(Webhook.class);

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
            case Api _ -> API;
            case ClientType _ -> CLIENT_TYPE;
            case Plan _ -> PLAN;
            case Issuer _ -> ISSUER;
            case Login _ -> LOGIN;
            case SigningKey _ -> SIGNING_KEY;
            case Webhook _ -> WEBHOOK;
        };
    }

    /** In sentences. */
    public String words() {
        return this == API ? "API" : toString().replace('-', ' ');
    }

    /** Lower case, with hyphens: as stored, and in paths. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Kind stored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
