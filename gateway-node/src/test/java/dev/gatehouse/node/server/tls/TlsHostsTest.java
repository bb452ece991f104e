package dev.gatehouse.node.server.tls;

import static dev.gatehouse.db.model.Certificate.ClientCertificate.NONE;
import static dev.gatehouse.db.model.Certificate.ClientCertificate.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.deploy.servers.Issued;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsHostsTest {

    private static final Secrets OTHERS =
            Secrets.read("7:" + Base64.getEncoder().encodeToString(new byte[32]));

    private final TlsListening listening = new TlsListening();

    @AfterEach
    void stop() {
        listening.close();
    }

    @Test
    void serveAllCertificatesButTheOneThatCannotBeOpened() {
        var sealed = Configured.of(listening.root.issue("sealed.example")).sealed(OTHERS);

        var problems = listening.serving(sealed, listening.certificate("good.example"));

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("Certificate 'sealed.example' cannot be shown.")
                .contains("GATEHOUSE_SECRET_KEY");
        assertThat(listening.client().get("good.example").status()).isEqualTo(200);
        assertThatThrownBy(() -> listening.client().connect("sealed.example")).hasMessageContaining("internal_error");
    }

    @Test
    void keepTheLastGoodStateOfOneThatCanNoLongerBeOpened() {
        var issued = listening.root.issue("api.example");
        assertThat(listening.serving(Configured.of(issued))).isEmpty();

        var problems = listening.serving(Configured.of(issued).sealed(OTHERS));

        assertThat(problems).singleElement().asString().contains("'api.example' keeps its previous state.");
        assertThat(listening.client().get("api.example").status()).isEqualTo(200);
        assertThat(listening.serving(Configured.of(issued))).isEmpty();
        assertThat(listening.serving()).isEmpty();
        assertThatThrownBy(() -> listening.client().connect("api.example")).hasMessageContaining("unrecognized_name");
    }

    @Test
    void doNotOpenAHostToEverybodyBecauseItsKeyIsUnreadable() {
        var partners = Issued.authority("partners");
        var sealed = Configured.asking(listening.root.issue("closed.example"), REQUIRED, partners)
                .sealed(OTHERS);

        listening.serving(sealed, listening.certificate("good.example"));

        assertThat(listening.client().get("good.example", "closed.example").status())
                .isEqualTo(421);
    }

    @Test
    void sayWhatExpiresAndShowItAllTheSame() {
        var hosts = new TlsHosts(Secrets.NONE);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        hosts.take(Map.of(
                "long", between(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(31))),
                "soon", between(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(12))),
                "over", between(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)))));

        assertThat(hosts.warnings(now)).hasSize(2);
        assertThat(hosts.warnings(now).getFirst()).startsWith("Certificate 'over' expired on ");
        assertThat(hosts.warnings(now).getLast())
                .startsWith("Certificate 'soon' expires on ")
                .endsWith("in 12 days.");
        assertThat(hosts.of("over.example").orElseThrow().isUsable()).isTrue();
    }

    private Certificate between(Instant from, Instant until) {
        return Configured.of(listening.root.issue(Issued.Wish.of("over.example").between(from, until)));
    }

    @Test
    void refuseAKeyOfAnotherCertificate() {
        var one = listening.root.issue("one.example");
        var other = listening.root.issue("other.example");
        var mixed = new Certificate(one.chain(), other.privateKey(), List.of(), NONE, "", Duration.ZERO, false);

        assertThat(listening.serving(mixed, listening.certificate("good.example")))
                .containsExactly("Certificate 'one.example' cannot be shown. The private key does not belong to the"
                        + " certificate.");
        assertThat(listening.client().get("good.example").status()).isEqualTo(200);
    }
}
