package dev.gatehouse.db.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.deploy.servers.Issued;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static final Issued ROOT = Issued.authority("Test root");
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void readsCertificatesAmongComments() {
        var text =
                "subject: the root\r\n\r\n" + ROOT.pem().replace("\n", "\r\n") + "\nand another\n" + ROOT.pem() + "\t";
        assertThat(Pem.certificates(text)).containsExactly(ROOT.certificate(), ROOT.certificate());
    }

    @Test
    void refusesAPrivateKeyAmongCertificates() {
        assertThatThrownBy(() -> Pem.certificates(ROOT.pem() + ROOT.privateKey()))
                .isInstanceOf(PemException.class)
                .hasMessage("Only certificates may stand here, not a PRIVATE KEY.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "certificate",
                "-----BEGIN CERTIFICATE-----\nAAAA\n",
                "AAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END X509-----",
                "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"
            })
    void refusesWhatIsNoCertificate(String text) {
        assertThatThrownBy(() -> Pem.certificates(text)).isInstanceOf(PemException.class);
        assertThatThrownBy(() -> Pem.privateKey(text)).isInstanceOf(PemException.class);
    }

    /** PostgreSQL stores no NUL. */
    @Test
    void refusesControlCharactersBetweenTheBlocks() {
        assertThatThrownBy(() -> Pem.certificates(ROOT.pem() + "\u0000"))
                .isInstanceOf(PemException.class)
                .hasMessage("Must be a text without control characters.");
    }

    @Test
    void refusesACutCertificate() {
        var der = ROOT.certificate().getPublicKey().getEncoded();
        assertThatThrownBy(() -> Pem.certificates(Issued.block("CERTIFICATE", der)))
                .isInstanceOf(PemException.class)
                .hasMessage("Certificate 1 cannot be read as X.509.");
    }

    @Test
    void readsTheOlderFormOfAnRsaKey() {
        var key = Issued.keys("RSA", 2048).getPrivate();
        // behind version, algorithm and the header of the octets
        var older = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
        assertThat(Pem.privateKey(Issued.block("RSA PRIVATE KEY", older))).isEqualTo(key);
    }

    @Test
    void readsTheOlderFormOfAnEcKeyWithItsParameters() {
        var key = (ECPrivateKey) Issued.keys("EC", 256).getPrivate();
        var number = HEX.parseHex("%064x".formatted(key.getS()));
        var curve = HEX.parseHex("06082a8648ce3d030107");
        var older = Der.element(
                0x30, Der.element(0x02, new byte[] {1}), Der.element(0x04, number), Der.element(0xA0, curve));
        var text = Issued.block("EC PARAMETERS", curve) + Issued.block("EC PRIVATE KEY", older);
        assertThat(((ECPrivateKey) Pem.privateKey(text)).getS()).isEqualTo(key.getS());
    }

    @Test
    void refusesAnEcKeyThatIsCutAnywhere() {
        var whole = HEX.parseHex("30310201010420" + "11".repeat(32) + "a00a06082a8648ce3d030107");
        assertThat(Pem.privateKey(Issued.block("EC PRIVATE KEY", whole))).isInstanceOf(ECPrivateKey.class);
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Pem.privateKey(Issued.block("EC PRIVATE KEY", cut)))
                    .isInstanceOf(PemException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void saysHowToRemoveAPassphrase(String text) {
        assertThatThrownBy(() -> Pem.privateKey(text))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("remove it first, such as with: openssl pkey");
    }

    @Test
    void refusesTwoKeysAndOtherThings() {
        var key = ROOT.privateKey();
        assertThatThrownBy(() -> Pem.privateKey(key + key)).isInstanceOf(PemException.class);
        assertThatThrownBy(() -> Pem.privateKey(ROOT.pem()))
                .isInstanceOf(PemException.class)
                .hasMessage("Must be a private key, not a CERTIFICATE.");
        assertThatThrownBy(() -> Pem.privateKey(Issued.block("PRIVATE KEY", new byte[] {1, 2, 3})))
                .isInstanceOf(PemException.class)
                .hasMessage("The private key cannot be read as an RSA, EC, Ed25519 or Ed448 key.");
    }
}
