package dev.gatehouse.node.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.deploy.servers.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

    private static final UUID EPOCH = UUID.fromString("6b1c7f4e-58a4-4b1c-9a60-0d9a54b8a7c1");

    private static final Secrets SECRETS = Secrets.read("1:" + "c2VjcmV0".repeat(5) + "c2U=");
    private static final Issued ISSUED = Issued.self(Issued.Wish.of("shop.example.com", "*.example.com"));
    private static final Certificate SHOP = new Certificate(
            ISSUED.chain(),
            ISSUED.privateKey(),
            List.of("shop.example.com"),
            Certificate.ClientCertificate.OPTIONAL,
            ISSUED.chain(),
            Duration.ofDays(365),
            true);

    @TempDir
    private Path temporary = Path.of("");

    private Path folder;
    private Disk disk;

    @BeforeEach
    void open() {
        folder = temporary.resolve("node/state");
        disk = new Disk(folder);
    }

    @Test
    void givesBackWhatItWasGiven() {
        var stored = stored(7);

        disk.save(stored);

        assertThat(disk.load()).contains(stored);
        assertThat(new Disk(folder).load()).contains(stored);
    }

    @Test
    void keepsPrivateKeysEncrypted() throws IOException {
        disk.save(stored(7));

        assertThat(Files.readString(current(), StandardCharsets.ISO_8859_1))
                .contains("sealed:v1:")
                .doesNotContain("PRIVATE KEY");
        var shop = disk.load()
                .orElseThrow()
                .snapshot()
                .certificates()
                .values()
                .iterator()
                .next();
        assertThat(shop.key(SECRETS)).isEqualTo(ISSUED.keys().getPrivate());
    }

    @Test
    void givesBackTheConfigurationThatIsNone() {
        var nothing = new Disk.Stored(new Version(EPOCH, 0), Snapshot.EMPTY);

        disk.save(nothing);

        assertThat(disk.load()).contains(nothing);
    }

    @Test
    void hasNothingBeforeItWasGivenAnything() {
        assertThat(disk.load()).isEmpty();
    }

    @Test
    void keepsTwoGenerations() throws IOException {
        for (int revision = 1; revision <= 3; revision++) {
            disk.save(stored(revision));
        }
        assertThat(disk.load()).contains(stored(3));

        Files.delete(current());
        assertThat(disk.load()).contains(stored(2));
    }

    @Test
    void passesOverAFileThatWasCutOffWhereverThatWas() throws IOException {
        disk.save(stored(1));
        disk.save(stored(2));
        var whole = Files.readAllBytes(current());

        for (int length = 0; length < whole.length; length += 1 + length / 9) {
            Files.write(current(), Arrays.copyOf(whole, length));
            assertThat(disk.load()).as("cut off after %d bytes", length).contains(stored(1));
        }
    }

    @Test
    void passesOverAFileThatWasAlteredWhereverThatWas() throws IOException {
        disk.save(stored(1));
        disk.save(stored(2));
        var whole = Files.readAllBytes(current());

        for (int at = 0; at < whole.length; at += 1 + at / 9) {
            var altered = whole.clone();
            altered[at] ^= 1;
            Files.write(current(), altered);
            assertThat(disk.load()).as("altered at byte %d", at).contains(stored(1));
        }
    }

    @Test
    void hasNothingWhenBothGenerationsAreSpoilt() throws IOException {
        disk.save(stored(1));
        disk.save(stored(2));
        Files.write(current(), new byte[0]);
        Files.write(folder.resolve("configuration.previous"), new byte[100]);

        assertThat(disk.load()).isEmpty();

        disk.save(stored(3));
        assertThat(disk.load()).contains(stored(3));
    }

    @Test
    void isNotInTheWayOfWhatAKilledNodeLeftHalfWritten() throws IOException {
        disk.save(stored(1));
        Files.write(folder.resolve("configuration.new"), new byte[5]);

        assertThat(disk.load()).contains(stored(1));
        disk.save(stored(2));
        assertThat(disk.load()).contains(stored(2));
    }

    @Test
    void letsNobodyElseReadIt() throws IOException {
        disk.save(stored(1));
        disk.save(stored(2));

        for (var name : List.of("configuration", "configuration.previous")) {
            var file = folder.resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void namesTheFolderThatCannotBeMade() throws IOException {
        var file = Files.createFile(temporary.resolve("file"));

        for (var folder : List.of(file, file.resolve("state"))) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> new Disk(folder))
                    .withMessageStartingWith("The state folder " + folder + " cannot be made");
        }
    }

    @Test
    void namesTheFolderThatCannotBeWrittenTo() throws IOException {
        // stands in the way of whoever runs this, root included
        Files.createDirectories(folder.resolve("configuration.new/occupied"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> disk.save(stored(1)))
                .withMessageStartingWith("The configuration cannot be kept in " + folder);
    }

    @Test
    void remembersHowManyNodesShareTheLimits() throws IOException {
        assertThat(disk.nodes()).isOne();

        disk.saveNodes(12);
        disk.saveNodes(3);
        assertThat(new Disk(folder).nodes()).isEqualTo(3);

        Files.writeString(folder.resolve("nodes"), "three");
        assertThat(disk.nodes()).isOne();
    }

    private Path current() {
        return folder.resolve("configuration");
    }

    /** With every kind of setting in it. */
    private static Disk.Stored stored(long revision) {
        var service = new Service(
                List.of(new Target("http://10.0.0.7:8080"), new Target("https://users.internal")),
                Duration.ofMillis(1_500),
                Duration.ofMinutes(3),
                Protocol.HTTP1,
                ServiceTls.DEFAULT);
        var limit = new RateLimit(
                revision,
                Duration.ofMinutes(5),
                RateLimit.Per.ADDRESS,
                RateLimit.Mode.LEASED,
                RateLimit.WithoutRedis.DENY,
                "all");
        var guarded = new Route(
                Match.of("/api/users/**", Method.GET, Method.PUT),
                false,
                List.of(limit),
                new Forward("users", "/users/**"),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
        var open = new Route(
                Match.of("/"),
                true,
                List.of(),
                new Forward("users", ""),
                10 << 20,
                Duration.ofMinutes(1),
                WebSockets.DEFAULT);
        return new Disk.Stored(
                new Version(EPOCH, revision),
                new Snapshot(
                        Map.of("users", service),
                        Map.of("users-api", guarded, "root", open),
                        Map.of(
                                "web-shop",
                                new Consumer("The sh\u00f6p, \u201cask\u201d Ann"),
                                "bank",
                                new Consumer("")),
                        Map.of("shop", SHOP.sealed(SECRETS))));
    }
}
