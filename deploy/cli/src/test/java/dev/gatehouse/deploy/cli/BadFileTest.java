package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadFileTest {

    private final Shell shell = Shell.migratedOne();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void nothingWasSaved() {
        assertThat(shell.run("export").out()).isEqualTo("{}\n");
    }

    @Test
    void namesFileLineAndNearestNameOfAnUnknownField() throws IOException {
        var file = Files.writeString(folder.resolve("shop.yaml"), ApplyTest.SHOP.replace("policies:", "polices:"));
        var ran = shell.run("apply", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith(file + ":6: routes.users-api.polices: Unknown name 'polices'. Did you mean 'policies'?")
                .endsWith("Nothing was saved: 1 problem.\n");
    }

    @Test
    void tellsAllProblemsAtOnceEachInALine() {
        var ran = shell.apply("""
                services:
                  users: { targets: [ "ftp://127.0.0.1" ], connect-timeout: soon }
                  Orders: { targets: [] }
                routes:
                  users-api:
                    match: { path: api, methods: [FETCH] }
                    public: perhaps
                    policies:
                      - rate-limt: { requests: 60 }
                      - rate-limit: { requests: -1, window: 2h }
                consumers:
                  web-shop: { keys: [ demo, demo ] }
                """);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines().map(line -> line.replaceFirst("(: [^:]+): .*", "$1")))
                .contains(
                        "<stdin>:2: services.users.connect-timeout",
                        "<stdin>:3: services.Orders",
                        "<stdin>:3: services.Orders.targets",
                        "<stdin>:6: routes.users-api.match.path",
                        "<stdin>:6: routes.users-api.match.methods[0]",
                        "<stdin>:7: routes.users-api.public",
                        "<stdin>:10: routes.users-api.policies[1].rate-limit.requests",
                        "<stdin>:12: consumers.web-shop.keys[1]");
        assertThat(ran.err())
                .contains("<stdin>:2: services.users.targets[0].url: 'ftp://127.0.0.1' is refused")
                .contains("'rate-limt'. Did you mean 'rate-limit'?")
                .contains("<stdin>:10: routes.users-api.policies[1].rate-limit.window: '2h' is refused")
                .contains(
                        "<stdin>:5: routes.users-api: Must have exactly one of forward, redirect, reply, signing-keys.");
    }

    @Test
    void tellsRulesBetweenThingsWithTheirLines() {
        var ran = shell.apply("""
                routes:
                  one:
                    match: { path: /same }
                    forward: { service: nobody }
                """);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("""
                <stdin>:4: routes.one.forward.service: There is no service 'nobody'.
                Nothing was saved: 1 problem.
                """);
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThat(shell.apply("services:\n\t- x").err())
                .startsWith("<stdin>:2: Not YAML: while scanning for the next token found character '")
                .hasLineCount(2);
        assertThat(shell.apply("services: {\n  a: 1\n").err()).startsWith("<stdin>:3: Not YAML: ");
        assertThat(shell.apply("a: 1\na: 2\n").err()).contains("<stdin>:2: Not YAML: Duplicate");
        assertThat(shell.apply("just words").err()).contains("<stdin>:1: Must be a mapping with the names services");
        assertThat(shell.apply("services: {}\n---\nroutes: {}\n").err()).contains("<stdin>:3: Only one YAML document");
    }

    @Test
    void refusesAnAliasInsteadOfTakingItsNameForAValue() {
        var ran = shell.apply("""
                consumers:
                  one: { description: &shared hello }
                  two: { description: *shared }
                """);
        assertThat(ran.err()).startsWith("<stdin>:3: Not YAML: an alias; write the value itself in its place");
    }

    @Test
    void keepsLinesWholeAndTheTerminalSafe() {
        var ran = shell.apply("services: { \"a\\nb\\e[31m\": {} }");
        assertThat(ran.err().lines()).allMatch(line -> line.startsWith("<stdin>:1: ") || line.startsWith("Nothing"));
        assertThat(ran.err()).doesNotContain("\u001b");
    }

    @Test
    void refusesAFileThatIsMissingOrNoText() throws IOException {
        var missing = folder.resolve("none.yaml").toString();
        assertThat(shell.run("apply", missing))
                .isEqualTo(
                        new Shell.Ran(1, "", "'" + missing + "' cannot be read: there is no such file or folder.\n"));
        assertThat(shell.run("apply", folder.toString()).err()).contains("cannot be read: Is a directory.");
        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(shell.run("apply", binary.toString()).err()).contains("is not UTF-8 text");
    }

    @Test
    void savesNothingWhenAKeyIsDueAndThePepperIsMissing() {
        var ran = shell.without("GATEHOUSE_KEY_PEPPER").apply(ApplyTest.SHOP);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith("GATEHOUSE_KEY_PEPPER must be set.");
        assertThat(shell.with("GATEHOUSE_KEY_PEPPER", "short")
                        .apply(ApplyTest.SHOP)
                        .err())
                .contains("has 5 characters; it must have at least 16");
    }
}
