package dev.gatehouse.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificate that all contenders show in this run: P-256, self-signed, for 127.0.0.1. */
final class Certificate {

    private final Settings settings;

    /** Made with openssl: {@code certificate.pem}, {@code key.pem}, and {@code both.pem} for HAProxy. */
    Certificate(Settings settings) {
        this.settings = settings;
        var command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-noenc",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost",
                "-days",
                "2",
                "-out",
                settings.file("certificate.pem").toString(),
                "-keyout",
                settings.file("key.pem").toString());
        try {
            var log = settings.file("openssl.log").toFile();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchException("openssl failed:\n" + Files.readString(log.toPath()), null);
            }
            settings.write("both.pem", read("certificate.pem") + read("key.pem"));
            settings.set("certificate", quoted(read("certificate.pem")));
            settings.set("private-key", quoted(read("key.pem")));
        } catch (IOException e) {
            throw new BenchException("openssl cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted.", e);
        }
    }

    /** As it stands between double quotes in YAML. */
    private static String quoted(String pem) {
        return pem.replace("\n", "\\n");
    }

    private String read(String name) throws IOException {
        return Files.readString(settings.file(name));
    }

    /** Trusts this certificate and no other. */
    SSLContext trusted() {
        try (var in = Files.newInputStream(settings.file("certificate.pem"))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "bench", CertificateFactory.getInstance("X.509").generateCertificate(in));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new BenchException("The certificate cannot be read: " + e.getMessage(), e);
        }
    }
}
