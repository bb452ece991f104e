package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DryRunTest {

    private final Shell shell = Shell.migratedOne();

    @Test
    void writesNothingAndNeedsNoPepper() {
        var ran = shell.without("GATEHOUSE_KEY_PEPPER").apply(ApplyTest.SHOP, "--dry-run");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("would be revision 1: 3 added, 1 key issued\n")
                .doesNotContain("gk_");
        assertThat(ran.err()).isEqualTo("Nothing was written.\n");
        assertThat(shell.run("export").out()).isEqualTo("{}\n");
        assertThat(shell.run("keys", "list", "--all").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services: {}",
                "services: { users: { targets: [ \"http://127.0.0.1:1\", \"http://127.0.0.1:2\" ], connect-timeout: 1s } }",
                "services: { orders: { targets: [ \"http://127.0.0.1:9103\" ] } }\nconsumers: { web-shop: { description: new, keys: [ demo, second ] }, app: {} }",
                "consumers: { web-shop: {} }",
                "routes: { twin: { match: { path: /api/users/** }, forward: { service: users } } }",
                "routes: { users-api: { match: { path: /x }, forward: { service: nobody } } }",
            })
    void saysWhatApplyingThenDoes(String file) {
        for (var prune : new String[] {"--reason=keep", "--prune"}) {
            shell.apply(ApplyTest.SHOP, "--prune");
            var foretold = shell.apply(file, "--dry-run", prune);
            var done = shell.apply(file, prune);
            assertThat(foretold.code()).isEqualTo(done.code());
            assertThat(foretold.out().replace("would be ", "")).isEqualTo(withoutKeys(done.out()));
            assertThat(foretold.err().replace("Nothing was written.\n", "")).isEqualTo(done.err());
        }
    }

    private static String withoutKeys(String out) {
        return out.replaceFirst("(?s)New keys, .*", "");
    }
}
