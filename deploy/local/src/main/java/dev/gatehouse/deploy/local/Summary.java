package dev.gatehouse.deploy.local;

import java.util.Locale;

/** What the person who started it wants to know. */
final class Summary {

    static final String PASSWORD_FILE = "first-password";

    private final Options options;
    private final Home home;
    private final Servers servers;
    private final Demo demo;

    Summary(Options options, Home home, Servers servers, Demo demo) {
        this.options = options;
        this.home = home;
        this.servers = servers;
        this.demo = demo;
    }

    String text(double seconds) {
        var text = new StringBuilder();
        text.append(
                String.format(Locale.ROOT, "%nGatehouse is ready after %.1f s. Ctrl-C ends everything.%n%n", seconds));
        row(text, "Console", "http://127.0.0.1:" + options.consolePort(), "user admin, password " + password());
        for (int i = 0; i < options.nodes(); i++) {
            row(
                    text,
                    "Gateway node-" + (i + 1),
                    "http://127.0.0.1:" + (options.httpPort() + i),
                    "health http://127.0.0.1:" + (options.adminPort() + i) + "/ready");
        }
        row(text, "users (REST)", "http://127.0.0.1:" + options.demoPort(), "");
        row(text, "products (gRPC)", "127.0.0.1:" + (options.demoPort() + 1), "");
        row(text, "orders (GraphQL)", "http://127.0.0.1:" + (options.demoPort() + 2) + "/graphql", "");
        row(text, "PostgreSQL", servers.postgresUrl(), "");
        row(text, "Redis", servers.redisUrl(), "");
        row(text, "Logs", home.file("logs").toString(), "");
        text.append(String.format("%nTry it:%n"));
        var url = "http://127.0.0.1:" + options.httpPort() + "/api/users";
        var key = demo.key().orElse("YOUR-KEY");
        line(text, "401  curl -i " + url);
        line(text, "200  curl -i -H 'X-API-Key: " + key + "' " + url + "/1");
        line(
                text,
                "429  for i in $(seq 61); do curl -s -o /dev/null -w '%{http_code}\\n' -H 'X-API-Key: " + key + "' "
                        + url + "; done | sort | uniq -c");
        if (demo.key().isEmpty()) {
            line(text, "     where YOUR-KEY is what this prints: deploy/gatehouse keys issue web-shop");
        }
        return text.toString();
    }

    private String password() {
        return home.read(PASSWORD_FILE)
                .filter(_ -> demo.hasFirstPassword())
                .map(first -> first + " (a new one is asked for at the first login)")
                .orElse("as you chose it");
    }

    private static void row(StringBuilder text, String what, String where, String note) {
        text.append(String.format("  %-18s %-34s %s", what, where, note).stripTrailing())
                .append(System.lineSeparator());
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append(System.lineSeparator());
    }
}
