package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    private final Shell shell = Shell.migratedOne();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesWhatApplyReadsAndNoKey() {
        shell.apply(ApplyTest.SHOP);
        var exported = shell.run("export").out();
        assertThat(exported)
                .contains("users-api:", "/api/users/**", "web-shop:", "- demo")
                .doesNotContain("gk_");
        assertThat(shell.apply(exported, "--prune").out()).startsWith("Nothing changed");
        var elsewhere = Shell.migratedOne();
        assertThat(elsewhere.apply(exported).out()).startsWith("revision 1: 3 added, 1 key issued");
        assertThat(elsewhere.run("export").out()).isEqualTo(exported);
    }

    @Test
    void writesAFile() throws IOException {
        shell.apply(ApplyTest.SHOP);
        var file = folder.resolve("export.yaml");
        var ran = shell.run("export", file.toString());
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("Wrote 3 things to " + file + ".\n");
        assertThat(file).hasContent(shell.run("export", "-").out());
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        var ran = shell.run("export", folder.resolve("none/export.yaml").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot be written: there is no such file or folder.");
    }

    @Test
    void failsWhenARowIsMissingFromTheExport() throws SQLException {
        shell.apply(ApplyTest.SHOP);
        execute("""
                insert into entity (kind, name, settings, revision)
                values ('service', 'newer', '{"targets": ["http://127.0.0.1:1"], "colour": "blue"}', 1)""");
        var ran = shell.run("export");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("users-api").doesNotContain("newer");
        assertThat(ran.err()).startsWith("Missing from the export: services.newer.colour: Unknown name 'colour'.");
    }

    private void execute(String sql) throws SQLException {
        var server = Shell.postgres();
        var url = shell.environment().getOrDefault("GATEHOUSE_DB_URL", "");
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
