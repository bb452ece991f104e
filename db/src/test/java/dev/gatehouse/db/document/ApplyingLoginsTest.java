package dev.gatehouse.db.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.store.Saving;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApplyingLoginsTest {

    private static final String FILE = """
            consumers: { shop: {} }
            logins:
              ada: { consumer: shop, password: "correct horse battery" }
              signer: { consumer: shop, shared-secret: "0123456789abcdef0123456789abcdef" }
              mtls: { consumer: shop, certificate: { subject: "CN=shop" } }
            signing-keys: { main: {} }
            issuers:
              corp:
                opaque: {}
                introspection: { url: "https://login.example.com/introspect", client-id: gateway, client-secret: "fedcba9876543210fedcba9876543210" }
            """;

    private final Saving saving =
            new Saving(Secrets.read("1:" + Base64.getEncoder().encodeToString(new byte[32])), InstantSource.system());

    private Plan plan(String yaml, Snapshot before) {
        return Plan.of(Objects.requireNonNull(Yaml.read(yaml).document()), true, before, List.of(), saving);
    }

    @Test
    void storesNoSecretAndChangesNothingWhenItIsAppliedAgain() {
        var first = plan(FILE, Snapshot.EMPTY);
        assertThat(first.problems()).isEmpty();
        var stored = first.after();
        assertThat(first.changes().toString())
                .doesNotContain("correct horse", "0123456789abcdef", "fedcba9876543210")
                .contains("$argon2id$", "sealed:v1:");

        assertThat(plan(FILE, stored).changes()).isEmpty();
        assertThat(plan(FILE.replace("correct horse", "another horse"), stored).changes())
                .hasSize(1);
    }

    @Test
    void namesWhatIsMissingOrKnownTwice() {
        var problems = plan("""
                logins:
                  ada: { consumer: gone, password: "correct horse battery" }
                  bob: { consumer: gone, password: { password: "correct horse battery", user: ada } }
                """, Snapshot.EMPTY).problems();

        assertThat(problems)
                .extracting(problem -> problem.path() + ": " + problem.message())
                .contains(
                        "logins.ada.consumer: There is no consumer 'gone'.",
                        "logins.bob: Login 'ada' is known by the same: user ada.");
    }

    @Test
    void saysWhatIsWrongWithASecretWithoutRepeatingIt() {
        var problems = Yaml.read("""
                logins:
                  ada: { consumer: shop, password: "short" }
                  signer: { consumer: shop, shared-secret: "too short" }
                """).problems();

        assertThat(problems.toString())
                .contains("12 to 200 characters", "at least 32 printable characters")
                .doesNotContain("'short'", "too short");
    }
}
