package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.deploy.servers.Issued;
import dev.gatehouse.deploy.servers.Issued.Wish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificateTest {

    private static final Issued ROOT = Issued.authority("Test root");
    private static final Issued BELOW = ROOT.below("Test authority");
    private static final Issued SHOP = BELOW.issue("shop.example.com", "*.shop.example.com");

    @Test
    void takesAChainWithItsKeyAndNothingMore() {
        var certificate = read(SHOP, Map.of());
        assertThat(certificate.names()).containsExactly("shop.example.com", "*.shop.example.com");
        assertThat(certificate.certificates().subject()).isEqualTo("CN=shop.example.com");
        assertThat(certificate.certificates().issuer()).isEqualTo("CN=Test authority");
        assertThat(certificate.certificates().certificates()).hasSize(2);
    }

    @Test
    void takesOneThatIsSignedByItself() {
        assertThat(problems(Issued.self(Wish.of("localhost")), Map.of())).isEmpty();
    }

    @Test
    void refusesAChainInAnotherOrder() {
        var plain = plain(SHOP, Map.of("chain", BELOW.pem() + SHOP.pem()));
        assertThat(Settings.read(Certificate.class, plain).problems())
                .contains(
                        new Problem(
                                "chain",
                                "Certificate 2 must be the issuer of certificate 1: the leaf comes first, then each one's issuer."));
    }

    @Test
    void refusesAChainWhoseSignatureIsAnothers() {
        var namesake = ROOT.below("Test authority");
        assertThat(problems(SHOP, Map.of("chain", SHOP.pem() + namesake.pem())))
                .containsExactly(new Problem("chain", "Certificate 1 does not bear the signature of certificate 2."));
    }

    @Test
    void refusesAnIssuerThatIsNoAuthority() {
        var leaf = SHOP.issue("deeper.example.com");
        assertThat(problems(leaf, Map.of()))
                .containsExactly(new Problem(
                        "chain",
                        "Certificate 2 issued certificate 1 but may not issue any: it is no certificate authority."));
    }

    @Test
    void refusesTheKeyOfAnotherCertificate() {
        for (var keys : List.of(Issued.keys("EC", 256), Issued.keys("RSA", 2048), Issued.keys("Ed25519", 255))) {
            var other = Issued.self(Wish.of("other.example.com").with(keys));
            assertThat(problems(SHOP, Map.of("private-key", other.privateKey())))
                    .containsExactly(new Problem("private-key", "The private key does not belong to the certificate."));
        }
    }

    @Test
    void takesEachKindOfKeyThatIsStrongEnough() {
        for (var keys : List.of(
                Issued.keys("RSA", 2048),
                Issued.keys("EC", 384),
                Issued.keys("Ed25519", 255),
                Issued.keys("Ed448", 448))) {
            assertThat(problems(ROOT.issue(Wish.of("a.example.com").with(keys)), Map.of()))
                    .as(keys.getPublic().getAlgorithm())
                    .isEmpty();
        }
    }

    @Test
    void refusesAShortKey() {
        var weak = ROOT.issue(Wish.of("a.example.com").with(Issued.keys("RSA", 1024)));
        assertThat(problems(weak, Map.of()))
                .containsExactly(new Problem("chain", "The RSA key has 1024 bits; it must have at least 2048."));
    }

    @Test
    void refusesHostsThatTheCertificateDoesNotName() {
        assertThat(problems(
                        SHOP,
                        Map.of(
                                "hosts",
                                List.of(
                                        "shop.example.com",
                                        "eu.shop.example.com",
                                        "a.b.shop.example.com",
                                        "example.com"))))
                .extracting(Problem::path)
                .containsExactly("hosts[2]", "hosts[3]");
        assertThat(problems(SHOP, Map.of("hosts", List.of("*.example.com"))))
                .containsExactly(
                        new Problem(
                                "hosts[0]",
                                "'*.example.com' is not among the names in the certificate: shop.example.com, *.shop.example.com."));
        assertThat(problems(ROOT.issue(Wish.of("a.example.com").without()), Map.of("hosts", List.of("a.example.com"))))
                .containsExactly(new Problem(
                        "hosts[0]", "'a.example.com' is not among the names in the certificate: it has none."));
    }

    @Test
    void refusesAHostThatIsListedTwice() {
        assertThat(problems(SHOP, Map.of("hosts", List.of("shop.example.com", "shop.example.com"))))
                .containsExactly(new Problem("hosts[1]", "'shop.example.com' is listed twice."));
    }

    @Test
    void takesACertificateForClientsButGivesItNoHosts() {
        var client = ROOT.issue(Wish.of("billing.example.com").onlyFor("1.3.6.1.5.5.7.3.2"));
        assertThat(read(client, Map.of()).names()).isEmpty();
        assertThat(problems(client, Map.of("hosts", List.of("billing.example.com"))))
                .containsExactly(new Problem(
                        "hosts", "The certificate may not stand for a server: it is meant for other uses."));
    }

    @Test
    void wantsToKnowWhoseClientCertificatesAreBelieved() {
        assertThat(problems(SHOP, Map.of("client-certificate", "required")))
                .containsExactly(new Problem(
                        "client-authorities",
                        "Must be given where callers show certificates: it says whose are believed."));
        assertThat(problems(SHOP, Map.of("client-certificate", "optional", "client-authorities", ROOT.pem())))
                .isEmpty();
    }

    @Test
    void goesOnReadingOneThatHasExpired() {
        var wish = Wish.of("old.example.com");
        var old = ROOT.issue(wish.between(wish.from().minusSeconds(99), wish.from()));
        assertThat(problems(old, Map.of())).isEmpty();
    }

    @Test
    void neverShowsItsKeyInALog() {
        var certificate = read(SHOP, Map.of());
        assertThat(certificate.toString()).isEqualTo("certificate of []");
    }

    private static Certificate read(Issued issued, Map<String, Object> more) {
        return Settings.read(Certificate.class, plain(issued, more)).orThrow();
    }

    private static List<Problem> problems(Issued issued, Map<String, Object> more) {
        return Settings.read(Certificate.class, plain(issued, more)).problems();
    }

    private static Map<String, Object> plain(Issued issued, Map<String, Object> more) {
        var plain = new LinkedHashMap<String, Object>();
        plain.put("chain", issued.chain());
        plain.put("private-key", issued.privateKey());
        plain.putAll(more);
        return plain;
    }
}
