package dev.gatehouse.console.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextArea;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.console.dashboard.DashboardView;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Certificate.ClientCertificate;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.deploy.servers.Issued;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificatesViewTest extends AdminAtWork {

    private static final Issued ROOT = Issued.authority("Test root");
    private static final Issued SHOP = ROOT.issue("shop.example.com");

    @Test
    void saysWhatToDoWhileThereIsNone() {
        var view = open("certificates", CertificatesView.class);

        assertThat(shows(view, "No certificate yet")).isTrue();
        press("Add the first certificate");

        assertThat(shows(panel(), "New certificate")).isTrue();
    }

    @Test
    void storesAPrivateKeyThatNobodySeesAgain() {
        open("certificates?new", CertificatesView.class);
        type("Name", "shop");
        paste("Certificate chain", SHOP.chain());
        paste("Private key", SHOP.privateKey());
        press("Publish");

        assertThat(certificate("shop").privateKey()).startsWith("sealed:v1:");
        assertThat(field(TextArea.class, "Private key").getValue()).isEmpty();
        assertThat(field(TextArea.class, "Private key").getPlaceholder()).startsWith("Stored, not shown.");
        assertThat(field(TextArea.class, "Certificate chain").getValue()).isEqualTo(SHOP.chain());
        assertThat(shows(panel(), "CN=Test root")).isTrue();
    }

    @Test
    void keepsTheStoredKeyWhileOtherThingsAreEdited() {
        publish(shop());
        var before = certificate("shop").privateKey();
        open("certificates/shop", CertificatesView.class);

        type("HSTS", "365d");
        press("Publish");

        assertThat(certificate("shop").hsts()).hasDays(365);
        assertThat(certificate("shop").privateKey()).isEqualTo(before);
    }

    @Test
    void refusesAKeyThatDoesNotBelongToTheCertificateAndKeepsWhatWasPasted() {
        publish(shop());
        open("certificates/shop", CertificatesView.class);
        var stranger = ROOT.issue("other.example.com").privateKey();

        paste("Private key", stranger);
        press("Publish");

        var field = field(TextArea.class, "Private key");
        assertThat(problem(field)).isEqualTo("The private key does not belong to the certificate.");
        assertThat(field.getValue()).isEqualTo(stranger);
        assertThat(revision()).isEqualTo(1);
    }

    @Test
    void wantsTheNewKeyWhereTheCertificateIsRenewedWithAnother() {
        publish(shop());
        open("certificates/shop", CertificatesView.class);
        var renewed = ROOT.issue("shop.example.com");

        paste("Certificate chain", renewed.chain());
        press("Publish");
        assertThat(problem(field(TextArea.class, "Private key"))).contains("belongs to another certificate");

        paste("Private key", renewed.privateKey());
        press("Publish");
        assertThat(certificate("shop").chain()).isEqualTo(renewed.chain());
    }

    @Test
    void saysWhatIsWrongWithAChainBesideItsField() {
        open("certificates?new", CertificatesView.class);
        paste("Certificate chain", SHOP.chain() + SHOP.privateKey());

        assertThat(problem(field(TextArea.class, "Certificate chain")))
                .isEqualTo("Only certificates may stand here, not a PRIVATE KEY.");
    }

    @Test
    void flagsOneThatEndsSoonAndOneThatIsOver() {
        publish(shop());
        clock.forward(Duration.ofDays(350));
        var view = open("certificates", CertificatesView.class);
        assertThat(CertificateRow.of(reader.load(), clock.instant()))
                .extracting(CertificateRow::expires)
                .containsExactly("in 14 days");
        assertThat(view).isNotNull();

        var dashboard = open("", DashboardView.class);
        eventually(() -> shows(dashboard, "Certificate shop expires on "));
        clock.forward(Duration.ofDays(20));
        eventually(() -> shows(dashboard, "Certificate shop expired on "));
    }

    @Test
    void keepsOneThatAServicePresents() {
        var plain = (Service) users().entity();
        var tls = new ServiceTls("", "shop", "", true);
        publish(
                shop(),
                new Edit.Put(
                        "users",
                        new Service(
                                plain.targets(),
                                plain.connectTimeout(),
                                plain.responseTimeout(),
                                plain.protocol(),
                                tls),
                        0));
        open("certificates/shop", CertificatesView.class);
        press("Delete");

        assertThat(shows(question(), "These services present it to their targets."))
                .isTrue();
        assertThat(shows(question(), "users")).isTrue();
        press("Close");
        assertThat(revision()).isEqualTo(1);
    }

    private void paste(String label, String text) {
        test(field(TextArea.class, label)).setValue(text);
    }

    private Certificate certificate(String name) {
        var certificate = configured().certificates().get(name);
        assertThat(certificate).isNotNull();
        return certificate;
    }

    private static Edit.Put shop() {
        return new Edit.Put(
                "shop",
                new Certificate(
                        SHOP.chain(), SHOP.privateKey(), List.of(), ClientCertificate.NONE, "", Duration.ZERO, false),
                Edit.ANY);
    }
}
