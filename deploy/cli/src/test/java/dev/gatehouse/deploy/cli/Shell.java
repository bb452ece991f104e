package dev.gatehouse.deploy.cli;

import dev.gatehouse.deploy.servers.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Runs commands as a shell would, each installation on a database of its own. */
record Shell(Map<String, String> environment) {

    static final String PEPPER = "a pepper for tests, long enough";
    private static final PostgresServer POSTGRES = PostgresServer.shared();
    private static final String MIGRATED = migrated();

    /** What a command left behind. */
    record Ran(int code, String out, String err) {}

    /** On a database with the schema and nothing in it. */
    static Shell migratedOne() {
        return on(POSTGRES.createDatabase("cli-" + UUID.randomUUID(), MIGRATED));
    }

    /** On a database without anything. */
    static Shell emptyOne() {
        return on(POSTGRES.createDatabase("cli-" + UUID.randomUUID()));
    }

    private static Shell on(String url) {
        return new Shell(Map.of(
                "GATEHOUSE_DB_URL",
                url,
                "GATEHOUSE_DB_USER",
                POSTGRES.user(),
                "GATEHOUSE_DB_PASSWORD",
                POSTGRES.password(),
                "GATEHOUSE_KEY_PEPPER",
                PEPPER,
                "GATEHOUSE_SECRET_KEY",
                "1:" + "c2VjcmV0".repeat(5) + "c2U="));
    }

    private static String migrated() {
        var name = "cli-template";
        on(POSTGRES.createDatabase(name)).run("migrate");
        return name;
    }

    static PostgresServer postgres() {
        return POSTGRES;
    }

    Shell with(String variable, String value) {
        var changed = new HashMap<>(environment);
        changed.put(variable, value);
        return new Shell(changed);
    }

    Shell without(String variable) {
        var changed = new HashMap<>(environment);
        changed.remove(variable);
        return new Shell(changed);
    }

    Ran run(String... args) {
        return typed("", args);
    }

    /** With that text on standard input. */
    Ran typed(String input, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Gatehouse.run(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                args);
        return new Ran(code, out.toString(), err.toString());
    }

    Ran apply(String yaml, String... options) {
        var args = new String[options.length + 2];
        args[0] = "apply";
        args[1] = "-";
        System.arraycopy(options, 0, args, 2, options.length);
        return typed(yaml, args);
    }

    Stores open() throws SQLException {
        return new Installation(environment).open();
    }
}
