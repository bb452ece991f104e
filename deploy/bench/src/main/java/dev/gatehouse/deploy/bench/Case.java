package dev.gatehouse.deploy.bench;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What is measured. */
enum Case {
    PLAIN("a public route, 100 bytes of JSON"),
    KEY("an API key, a limit counted in Redis, live counts; 100 bytes of JSON"),
    LARGE("a public route, 100 KB"),
    TLS("a public route over TLS, connections kept, 100 bytes of JSON"),
    COSTS("what it costs the node to do more than relay, 100 bytes of JSON"),
    SWAP("the same while a revision a second changes a hundred of its routes, 100 bytes of JSON"),
    OVERLOAD("three times what a node can do, which verifies a signed token for each request"),
    FAULTS("targets fail under load");

    /** A line divided by another. */
    record Ratio(String ours, String theirs) {}

    /** What is held against others: the node as it is, and where it asks Redis for each request. */
    private static final Set<String> OURS = Set.of("node", "exact");

    private final String title;

    Case(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** In the order of the table. */
    List<Row> rows() {
        return switch (this) {
            case PLAIN -> rows("/plain", Credential.NONE, "nginx", "haproxy", "relay", "node");
            case LARGE -> rows("/large", Credential.NONE, "nginx", "haproxy", "relay", "node");
            case KEY ->
                List.of(
                        Row.of("nginx-lua", "/key", Credential.KEY),
                        Row.node("exact", "/exact", Credential.KEY),
                        Row.of("node", "/key", Credential.KEY));
            case TLS -> rows("/plain", Credential.NONE, "nginx", "haproxy", "node");
            case COSTS ->
                List.of(
                        Row.node("plain", "/plain", Credential.NONE),
                        Row.node("resilient", "/resilient", Credential.NONE),
                        Row.node("key", "/known", Credential.KEY),
                        Row.node("jwt", "/jwt", Credential.TOKEN),
                        Row.node("leased", "/key", Credential.KEY),
                        Row.node("exact", "/exact", Credential.KEY));
            case OVERLOAD -> rows("/verified", Credential.TOKEN, "node");
            case FAULTS ->
                Stream.of(Fault.values())
                        .map(fault -> Row.node(fault.toString(), fault.path(), Credential.NONE))
                        .toList();
            case SWAP ->
                List.of(
                        Row.node("calm", "/plain", Credential.NONE),
                        new Row("swapping", "node", "/plain", Credential.NONE, true));
        };
    }

    private static List<Row> rows(String path, Credential shown, String... contenders) {
        return Stream.of(contenders).map(name -> Row.of(name, path, shown)).toList();
    }

    /** Of those that were measured. */
    List<Ratio> ratios(List<String> names) {
        return switch (this) {
            case COSTS, SWAP ->
                names.stream()
                        .skip(1)
                        .map(name -> new Ratio(name, names.getFirst()))
                        .toList();
            case PLAIN, KEY, LARGE, TLS, OVERLOAD, FAULTS ->
                names.stream()
                        .filter(name -> !OURS.contains(name))
                        .flatMap(theirs -> names.stream().filter(OURS::contains).map(ours -> new Ratio(ours, theirs)))
                        .toList();
        };
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
