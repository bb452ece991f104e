package dev.gatehouse.db.routing;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request that is made up to show what a sentence means. */
public final class ExampleRequest implements RequestFacts {

    private final String method;
    private final String host;
    private final String path;
    private final Map<Source, Map<String, String>> values = new TreeMap<>();
    private @Nullable InetAddress address;

    ExampleRequest(String method, String host, String path) {
        this.method = method;
        this.host = host;
        this.path = path;
    }

    void set(Source source, String name, String value) {
        values.computeIfAbsent(source, _ -> new TreeMap<>()).put(name, value);
    }

    void setIfAbsent(Source source, String name, String value) {
        values.computeIfAbsent(source, _ -> new TreeMap<>()).putIfAbsent(name, value);
    }

    void address(InetAddress from) {
        address = from;
    }

    private @Nullable String get(Source source, String name) {
        return values.getOrDefault(source, Map.of()).get(name);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public @Nullable String header(String name) {
        return get(Source.HEADER, name);
    }

    @Override
    public @Nullable String parameter(String name) {
        return get(Source.QUERY, name);
    }

    @Override
    public @Nullable String cookie(String name) {
        return get(Source.COOKIE, name);
    }

    @Override
    public InetAddress address() {
        return address == null ? InetAddress.ofLiteral("192.0.2.1") : address;
    }

    @Override
    public Instant time() {
        return Instant.EPOCH;
    }

    @Override
    public double draw() {
        return 0;
    }

    /** {@code GET api.example.com/users/id with header x-version: 2}. */
    @Override
    public String toString() {
        var told = values.entrySet().stream()
                .flatMap(source -> source.getValue().entrySet().stream()
                        .map(value -> source.getKey() + " " + value.getKey() + ": " + value.getValue()))
                .collect(Collectors.joining(", "));
        return method + " " + host + path
                + (told.isEmpty() ? "" : " with " + told)
                + (address == null ? "" : " from " + address.getHostAddress());
    }
}
