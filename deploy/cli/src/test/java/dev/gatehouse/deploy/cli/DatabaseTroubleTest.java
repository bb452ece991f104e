package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DatabaseTroubleTest {

    private final Shell shell = Shell.emptyOne();

    @Test
    void migratesOnceAndSaysSo() {
        assertThat(shell.run("migrate").out()).matches("\\d+ migrations applied\\.\n");
        assertThat(shell.run("migrate").out()).isEqualTo("The schema is up to date.\n");
    }

    @Test
    void namesTheCommandThatCreatesTheSchema() {
        for (var command : new String[] {"export", "keys"}) {
            var ran = command.equals("keys") ? shell.run("keys", "list") : shell.run(command);
            assertRefused(ran, "The database has no Gatehouse schema, or an older one. Run: gatehouse migrate");
        }
    }

    @Test
    void saysWhichVariableIsMissingOrUnknown() {
        assertThat(shell.without("GATEHOUSE_DB_USER").run("export").err())
                .startsWith("GATEHOUSE_DB_USER must be set. PostgreSQL user");
        assertThat(shell.with("GATEHOUSE_DB_USR", "x").run("export").err())
                .isEqualTo("Unknown environment variable GATEHOUSE_DB_USR. Did you mean 'GATEHOUSE_DB_USER'?\n");
        assertThat(shell.with("GATEHOUSE_DB_URL", "postgres://here")
                        .run("migrate")
                        .err())
                .startsWith(
                        "GATEHOUSE_DB_URL is no PostgreSQL URL: must look like jdbc:postgresql://host:5432/database");
    }

    @Test
    void saysWhereNobodyAnswersAndKeepsThePasswordToItself() throws IOException {
        var nobody = shell.with(
                "GATEHOUSE_DB_URL", "jdbc:postgresql://127.0.0.1:" + unusedPort() + "/gatehouse?password=secret");
        for (var command : new String[] {"export", "migrate"}) {
            var ran = nobody.run(command);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .startsWith("PostgreSQL cannot be reached at jdbc:postgresql://127.0.0.1:")
                    .contains("the connection was refused", "deploy/run", "correct GATEHOUSE_DB_URL")
                    .doesNotContain("secret")
                    .hasLineCount(1);
        }
        assertThat(shell.with("GATEHOUSE_DB_URL", "jdbc:postgresql://no.invalid/x")
                        .run("migrate")
                        .err())
                .contains("the host 'no.invalid' is not known");
    }

    @Test
    void saysWhatToCheckWhenTheServerRefuses() {
        assertThat(shell.with("GATEHOUSE_DB_PASSWORD", "wrong").run("migrate").err())
                .startsWith("PostgreSQL refuses user 'postgres': ")
                .contains("Check GATEHOUSE_DB_USER and GATEHOUSE_DB_PASSWORD.");
        assertThat(shell.without("GATEHOUSE_DB_PASSWORD").run("export").err())
                .startsWith("PostgreSQL refuses user 'postgres': ");
        assertThat(shell.with("GATEHOUSE_DB_URL", Shell.postgres().url("nowhere"))
                        .run("export")
                        .err())
                .startsWith("There is no such database: jdbc:postgresql://127.0.0.1:")
                .contains("nowhere. Create it, or correct GATEHOUSE_DB_URL.");
    }

    @Test
    void saysWhichRoleACommandNeeds() {
        shell.run("migrate");
        Shell.postgres().execute("create user reader password 'reads' in role gatehouse_node");
        var reader = shell.with("GATEHOUSE_DB_USER", "reader").with("GATEHOUSE_DB_PASSWORD", "reads");
        assertThat(reader.run("export").code()).isZero();
        assertThat(reader.apply(ApplyTest.SHOP).err())
                .startsWith("User 'reader' may not do this (ERROR: permission denied for table head).")
                .contains("gatehouse_console");
        Shell.postgres().execute("create user editor password 'edits' in role gatehouse_console");
        var editor = shell.with("GATEHOUSE_DB_USER", "editor").with("GATEHOUSE_DB_PASSWORD", "edits");
        assertThat(editor.apply(ApplyTest.SHOP).code()).isZero();
        assertThat(editor.run("keys", "issue", "web-shop").code()).isZero();
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() {
        assertThat(shell.run("export").err()).hasLineCount(1);
        assertThat(shell.run("--debug", "export").err()).contains("\tat ", "Run: gatehouse migrate");
        assertThat(shell.run("export", "--debug").err()).contains("\tat ");
    }

    private static void assertRefused(Shell.Ran ran, String line) {
        assertThat(ran).isEqualTo(new Shell.Ran(1, "", line + "\n"));
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
