package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.SECRETS;
import static dev.gatehouse.db.Samples.certificate;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.deploy.servers.Issued.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CertificateStoreTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Author ANN = new Author("ann", "");
    private static final Issued ROOT = Issued.authority("Test root");
    private static final Issued SHOP = ROOT.issue("shop.example.com");

    private static Publication publish(String name, Certificate certificate) {
        return DB.store().publish(List.of(new Edit.Put(name, certificate, Edit.ANY)), ANN);
    }

    private static Certificate stored(String name) {
        return (Certificate)
                DB.reader().load().snapshot().find(Kind.CERTIFICATE, name).orElseThrow();
    }

    @Test
    void storesThePrivateKeyOnlyEncrypted() {
        assertThat(publish("shop", certificate(SHOP))).isInstanceOf(Publication.Published.class);
        assertThat(stored("shop").privateKey()).startsWith("sealed:v1:");
        assertThat(stored("shop").key(SECRETS)).isEqualTo(SHOP.keys().getPrivate());
        var secret = SHOP.privateKey().lines().toList().get(1);
        assertThat(DB.query("select settings::text from entity"))
                .noneMatch(text -> text.contains(secret) || text.contains("PRIVATE KEY"));
        assertThat(DB.query("select after::text from change"))
                .noneMatch(text -> text.contains(secret) || text.contains("PRIVATE KEY"));
        assertThat(DB.query("select detail::text from audit")).noneMatch(text -> text.contains(secret));
    }

    @Test
    void changesNothingWhenTheSameKeyIsSavedAgain() {
        publish("shop", certificate(SHOP));
        assertThat(publish("shop", certificate(SHOP))).isInstanceOf(Publication.Unchanged.class);
        assertThat(publish("shop", stored("shop"))).isInstanceOf(Publication.Unchanged.class);
    }

    @Test
    void letsAnEncryptedKeyMoveToAnotherNameButNotToAnotherCertificate() {
        publish("shop", certificate(SHOP));
        var encrypted = stored("shop").privateKey();
        DB.store().publish(List.of(new Edit.Delete(Kind.CERTIFICATE, "shop", Edit.ANY)), ANN);
        assertThat(publish("store", certificate(SHOP, encrypted))).isInstanceOf(Publication.Published.class);
        assertThat(problems(publish("other", certificate(ROOT.issue("other.example.com"), encrypted))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("certificates.other.private-key");
                    assertThat(problem.message()).contains("belongs to another certificate");
                });
    }

    @Test
    void refusesAPrivateKeyWhereNothingCanEncryptIt() {
        var publication =
                new ConfigurationStore(DB.database()).publish(List.of(new Edit.Put("shop", certificate(SHOP), 0)), ANN);
        assertThat(problems(publication)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("certificates.shop.private-key");
            assertThat(problem.message()).contains("set GATEHOUSE_SECRET_KEY");
        });
        assertThat(DB.reader().load().snapshot().certificates()).isEmpty();
    }

    @Test
    void opensNothingWithoutTheSecretKey() {
        publish("shop", certificate(SHOP));
        var certificate = stored("shop");
        assertThatThrownBy(() -> certificate.key(Secrets.NONE))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("GATEHOUSE_SECRET_KEY");
    }

    @Test
    void refusesOneThatIsNotInForce() {
        var now = Instant.now();
        var old = ROOT.issue(Wish.of("old.example.com").between(now.minusSeconds(99_999), now.minusSeconds(9)));
        var early = ROOT.issue(Wish.of("early.example.com").between(now.plusSeconds(999), now.plusSeconds(99_999)));
        assertThat(problems(publish("old", certificate(old)))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("certificates.old.chain");
            assertThat(problem.message())
                    .startsWith("A certificate must be in force when it is saved; this one expired on ");
        });
        assertThat(problems(publish("early", certificate(early))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("this one is not valid before "));
    }

    @Test
    void goesOnReadingOneThatExpiredMeanwhileAndLetsTheRestBeSaved() {
        publish("shop", certificate(SHOP));
        var later = new Saving(SECRETS, InstantSource.fixed(Instant.now().plus(Duration.ofDays(999))));
        var same = later.of("shop", certificate(SHOP), Optional.of(stored("shop")));
        assertThat(same.problems()).isEmpty();
        assertThat(same.entity()).isEqualTo(stored("shop"));
        assertThat(later.of("shop", certificate(SHOP), Optional.empty()).problems())
                .extracting(Problem::path)
                .containsExactly("certificates.shop.chain");
    }

    @Test
    void givesAHostToOneCertificate() {
        publish("shop", certificate(SHOP));
        var rival = ROOT.issue("www.example.com", "shop.example.com", "*.example.com");
        assertThat(problems(publish("rival", certificate(rival))))
                .contains(new Problem(
                        "certificates.rival.hosts",
                        "Certificate 'shop' is already shown for shop.example.com; a host has one certificate."));
        assertThat(publish("wild", certificate(ROOT.issue("*.example.com")))).isInstanceOf(Publication.Published.class);
    }

    @Test
    void keepsACertificateThatAServicePresents() {
        publish("client", certificate(SHOP));
        var plain = service(9101);
        var tls = new ServiceTls("", "client", "", true);
        var service =
                new Service(plain.targets(), plain.connectTimeout(), plain.responseTimeout(), plain.protocol(), tls);
        DB.publish("users", service);
        assertThat(problems(DB.store().publish(List.of(new Edit.Delete(Kind.CERTIFICATE, "client", Edit.ANY)), ANN)))
                .containsExactly(new Problem(
                        "certificates.client", "Service 'users' presents it; delete or change that service first."));
        DB.publish("users", plain);
        assertThat(DB.store().publish(List.of(new Edit.Delete(Kind.CERTIFICATE, "client", Edit.ANY)), ANN))
                .isInstanceOf(Publication.Published.class);
        assertThat(problems(DB.store().publish(List.of(new Edit.Put("users", service, Edit.ANY)), ANN)))
                .containsExactly(new Problem("services.users.tls.certificate", "There is no certificate 'client'."));
    }

    private static List<Problem> problems(Publication publication) {
        return publication instanceof Publication.Refused refused ? refused.problems() : List.of();
    }
}
