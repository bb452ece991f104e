package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.servers.Issued;
import org.junit.jupiter.api.Test;

class CertificateTest {

    private static final Issued ROOT = Issued.authority("Test root");
    private static final Issued SHOP = ROOT.issue("shop.example.com");

    private final Shell shell = Shell.migratedOne();

    private static String file(Issued issued, String more) {
        return "certificates:\n  shop:\n    chain: |\n" + issued.chain().indent(6) + "    private-key: |\n"
                + issued.privateKey().indent(6) + more;
    }

    @Test
    void storesAPlainKeyEncryptedAndChangesNothingTheSecondTime() {
        var file = file(SHOP, "");
        assertThat(shell.apply(file, "--dry-run").out())
                .isEqualTo("would be revision 1: 1 added\n  + certificate shop\n");
        assertThat(shell.apply(file).out()).isEqualTo("revision 1: 1 added\n  + certificate shop\n");
        assertThat(shell.apply(file).out()).startsWith("Nothing changed");
        assertThat(shell.apply(file, "--dry-run").out()).startsWith("Nothing changed");
    }

    @Test
    void exportsTheKeyEncryptedAndTakesThatBack() {
        shell.apply(file(SHOP, ""));
        var exported = shell.run("export").out();
        assertThat(exported).contains("private-key: sealed:v1:").doesNotContain("PRIVATE KEY");
        assertThat(shell.apply(exported, "--prune").out()).startsWith("Nothing changed");
        var elsewhere = Shell.migratedOne();
        assertThat(elsewhere.apply(exported).out()).startsWith("revision 1: 1 added");
        assertThat(elsewhere.run("export").out()).isEqualTo(exported);
    }

    @Test
    void tellsOfARenewalWithoutTheTexts() {
        shell.apply(file(SHOP, ""));
        var renewed = shell.apply(file(ROOT.issue("shop.example.com"), "    hsts: 365d\n"));
        assertThat(renewed.out())
                .matches("(?s)revision 2: 1 changed\n  ~ certificate shop\n"
                        + "      chain: \\d+ lines \\([0-9a-f]{8}\\) -> \\d+ lines \\([0-9a-f]{8}\\)\n"
                        + "      private-key: encrypted with key 1 \\([0-9a-f]{8}\\)"
                        + " -> encrypted with key 1 \\([0-9a-f]{8}\\)\n"
                        + "      hsts: \\(default\\) -> 365d\n");
    }

    @Test
    void deletesOneThatAPrunedFileNoLongerNames() {
        shell.apply(file(SHOP, ""));
        assertThat(shell.apply("services: {}", "--prune").out())
                .isEqualTo("revision 2: 1 deleted\n  - certificate shop\n");
    }

    @Test
    void pointsToTheLineAndTheVariableWhereNothingCanEncrypt() {
        var keyless = shell.without("GATEHOUSE_SECRET_KEY");
        for (var option : new String[] {"--reason=x", "--dry-run"}) {
            var ran = keyless.apply(file(SHOP, ""), option);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .matches("(?s)<stdin>:\\d+: certificates.shop.private-key: .*set GATEHOUSE_SECRET_KEY.*");
        }
        assertThat(shell.with("GATEHOUSE_SECRET_KEY", "too short").run("export").err())
                .startsWith("GATEHOUSE_SECRET_KEY: it must be NUMBER:BASE64");
    }

    @Test
    void neverRepeatsAKeyThatItRefuses() {
        var secret = SHOP.privateKey().lines().toList().get(1);
        var file = file(SHOP, "");
        for (var bad : new String[] {
            file.replace("-----END PRIVATE KEY-----", ""),
            file.replace("chain: |", "chain: |-\n      junk"),
            file.replace("private-key: |", "private-key: >"),
            file.replace("private-key", "privatekey"),
            file.replace("BEGIN PRIVATE KEY", "BEGIN PUBLIC KEY")
        }) {
            var ran = shell.apply(bad);
            assertThat(ran.out() + ran.err()).doesNotContain(secret);
        }
    }
}
