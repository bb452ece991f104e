package dev.gatehouse.db.recognition;

import dev.gatehouse.db.model.Snapshot;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request whose facts are said one by one. */
final class Facts extends RecognisedFacts {

    static final Instant NOW = Instant.parse("2026-10-07T12:00:00Z");

    private final String path;
    private final @Nullable String query;
    private final Map<String, String> headers = new TreeMap<>();
    private @Nullable String consumer;
    private @Nullable String subject;

    private Facts(Recognition recognition, String target) {
        super(recognition);
        int mark = target.indexOf('?');
        path = mark < 0 ? target : target.substring(0, mark);
        query = mark < 0 ? null : target.substring(mark + 1);
    }

    static Facts of(String target) {
        return of(Snapshot.EMPTY, target);
    }

    static Facts of(Snapshot snapshot, String target) {
        return new Facts(new Recognition(snapshot), target);
    }

    Facts with(String header, String value) {
        headers.put(header.toLowerCase(Locale.ROOT), value);
        return this;
    }

    Facts by(String name) {
        consumer = name;
        return this;
    }

    Facts showing(String certificate) {
        subject = certificate;
        return this;
    }

    @Override
    public String host() {
        return "api.example.com";
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public Instant time() {
        return NOW;
    }

    @Override
    public double draw() {
        return 0;
    }

    @Override
    public @Nullable String consumer() {
        return consumer;
    }

    @Override
    public @Nullable String subject() {
        return subject;
    }
}
