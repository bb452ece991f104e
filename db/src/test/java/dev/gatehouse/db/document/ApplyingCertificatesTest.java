package dev.gatehouse.db.document;

import static dev.gatehouse.db.Samples.SECRETS;
import static dev.gatehouse.db.Samples.certificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.Change;
import dev.gatehouse.db.store.ConfigurationStore;
import dev.gatehouse.db.store.FreshDatabase;
import dev.gatehouse.db.store.Publication;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.deploy.servers.Issued.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplyingCertificatesTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Author ANN = new Author("ann", "apply");
    private static final Issued ROOT = Issued.authority("Test root");
    private static final Issued SHOP = ROOT.issue("shop.example.com");

    private final Applying applying = applying(DB.store());

    private static Applying applying(ConfigurationStore store) {
        return new Applying(store, DB.keys());
    }

    /** As a file has them: written and read again. */
    private static Document document(Map<String, Issued> issued) {
        var certificates = new TreeMap<String, Certificate>();
        issued.forEach((name, one) -> certificates.put(name, certificate(one)));
        return read(Yaml.write(new Document(Map.of(), Map.of(), Map.of(), certificates, Map.of(), Map.of())));
    }

    private static Document read(String text) {
        var parsed = Yaml.read(text);
        var document = parsed.document();
        if (document == null) {
            throw new AssertionError(parsed.problems());
        }
        return document;
    }

    private Publication apply(Document document) {
        return applying.apply(document, false, ANN, ApplyingCertificatesTest::neverAsked)
                .publication();
    }

    private static Pepper neverAsked() {
        throw new AssertionError("No key is to be issued");
    }

    @Test
    void storesWhatAFileSaysAndChangesNothingTheSecondTime() {
        var document = document(Map.of("shop", SHOP));
        assertThat(applying.preview(document, false)).isInstanceOf(Publication.Published.class);
        assertThat(apply(document)).isInstanceOf(Publication.Published.class);
        assertThat(applying.preview(document, false)).isInstanceOf(Publication.Unchanged.class);
        assertThat(apply(document)).isInstanceOf(Publication.Unchanged.class);
    }

    @Test
    void showsNoPlainKeyInAnyChange() {
        var document = document(Map.of("shop", SHOP));
        for (var publication : List.of(applying.preview(document, false), apply(document))) {
            assertThat(publication)
                    .isInstanceOfSatisfying(
                            Publication.Published.class,
                            done -> assertThat(done.changes()
                                            .getFirst()
                                            .after()
                                            .orElseThrow()
                                            .get("private-key"))
                                    .asString()
                                    .startsWith("sealed:v1:"));
        }
    }

    @Test
    void exportsTheKeyEncryptedSoThatItCanBeAppliedAgain() {
        apply(document(Map.of("shop", SHOP)));
        var exported = Yaml.write(applying.export());
        assertThat(exported).contains("private-key: sealed:v1:").doesNotContain("PRIVATE KEY");
        assertThat(apply(read(exported))).isInstanceOf(Publication.Unchanged.class);
        DB.forgetEverything();
        assertThat(apply(read(exported))).isInstanceOf(Publication.Published.class);
        assertThat(DB.reader().load().snapshot().certificates().get("shop"))
                .satisfies(shop ->
                        assertThat(shop.key(SECRETS)).isEqualTo(SHOP.keys().getPrivate()));
    }

    @Test
    void refusesBeforehandWhatCannotBeSaved() {
        var now = Instant.now();
        var old = ROOT.issue(Wish.of("old.example.com").between(now.minusSeconds(99), now.minusSeconds(9)));
        var document = document(Map.of("old", old));
        for (var publication : List.of(applying.preview(document, false), apply(document))) {
            assertThat(publication)
                    .isInstanceOfSatisfying(
                            Publication.Refused.class,
                            refused -> assertThat(refused.problems())
                                    .extracting(Problem::path)
                                    .containsExactly("certificates.old.chain"));
        }
        var keyless = applying(new ConfigurationStore(DB.database()));
        assertThat(keyless.preview(document(Map.of("shop", SHOP)), false))
                .isInstanceOfSatisfying(
                        Publication.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::message)
                                .allMatch(message -> message.contains("set GATEHOUSE_SECRET_KEY")));
    }

    @Test
    void prunesAServiceTogetherWithTheCertificateItPresents() {
        apply(document(Map.of("shop", SHOP, "other", ROOT.issue("other.example.com"))));
        apply(read("""
                services:
                  users: { targets: [ "https://127.0.0.1:9101" ], tls: { certificate: shop } }
                """));
        var rest = read("services: {}");
        assertThat(applying.apply(rest, true, ANN, ApplyingCertificatesTest::neverAsked)
                        .publication())
                .isInstanceOfSatisfying(
                        Publication.Published.class,
                        done -> assertThat(done.changes())
                                .extracting(Change::kind, Change::name)
                                .containsExactlyInAnyOrder(
                                        tuple("service", "users"),
                                        tuple("certificate", "shop"),
                                        tuple("certificate", "other")));
        assertThat(DB.reader().load().snapshot().all(Kind.CERTIFICATE)).isEmpty();
    }
}
