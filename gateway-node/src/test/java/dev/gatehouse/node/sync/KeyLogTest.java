package dev.gatehouse.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.KeyStore.HashedKey;
import dev.gatehouse.node.identity.KeyTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogTest {

    private static final UUID EPOCH = UUID.fromString("6b1c7f4e-58a4-4b1c-9a60-0d9a54b8a7c1");
    private static final Pepper PEPPER = new Pepper(3, "a pepper for tests only");
    private static final KeyText TEXT = KeyText.create("live");

    @TempDir
    private Path folder = Path.of("");

    private KeyLog log;
    private final KeyTable keys = new KeyTable();

    @BeforeEach
    void open() {
        log = new KeyLog(folder);
        keys.apply(IntStream.range(0, 100).mapToObj(KeyLogTest::key).toList());
    }

    @Test
    void givesBackAllKeysAndWhatBecameOfThem() throws IOException {
        assertThat(log.isWorn()).isTrue();
        log.write(version(4), keys);
        assertThat(log.isWorn()).isFalse();
        var size = Files.size(file());
        var revoked = new HashedKey(TEXT.id(), "shop", PEPPER.hash(TEXT), Long.MAX_VALUE, true);
        log.append(version(5), List.of(key(200), key(3)));
        log.append(version(7), List.of(revoked, key(201)));
        keys.apply(List.of(key(200), key(3), revoked, key(201)));

        assertThat(Files.size(file()) - size).as("bytes of four changes").isLessThan(600);
        assertThat(loaded()).containsExactlyInAnyOrderElementsOf(all(keys));
        assertThat(new KeyLog(folder).load(new KeyTable())).contains(version(7));
    }

    @Test
    void endsWhereAChangeWasCutOff() throws IOException {
        log.write(version(1), keys);
        log.append(version(2), List.of(key(200)));
        var before = Files.size(file());
        log.append(version(3), List.of(key(201)));
        var whole = Files.readAllBytes(file());

        for (int length = (int) before; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(new KeyLog(folder).load(new KeyTable())).contains(version(2));
        }
    }

    @Test
    void goesBackToTheFileBeforeWhereTheFirstRecordIsDamaged() throws IOException {
        log.write(version(1), keys);
        log.append(version(2), List.of(key(200)));
        log.write(version(3), keys);
        var whole = Files.readAllBytes(file());

        for (int at = 0; at < whole.length; at += 1 + at / 9) {
            var altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file(), altered);
            assertThat(new KeyLog(folder).load(new KeyTable()))
                    .as("altered at byte %d", at)
                    .contains(version(2));
        }
    }

    @Test
    void hasNothingBeforeItWasGivenAnything() {
        var table = new KeyTable();
        assertThat(log.load(table)).isEmpty();
        assertThat(table.size()).isZero();
    }

    @Test
    void letsNobodyElseReadItAndHoldsNoKey() throws IOException {
        log.write(version(1), keys);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
                .contains(TEXT.id())
                .doesNotContain(TEXT.text().substring(20));
    }

    private Path file() {
        return folder.resolve("keys");
    }

    private List<HashedKey> loaded() {
        var table = new KeyTable();
        new KeyLog(folder).load(table);
        return all(table);
    }

    private static List<HashedKey> all(KeyTable table) {
        var all = new ArrayList<HashedKey>();
        table.forEach(all::add);
        return all;
    }

    private static Version version(long revision) {
        return new Version(EPOCH, revision);
    }

    private static HashedKey key(int i) {
        var key = i == 0 ? TEXT : new KeyText("gk_live_" + i, "key-%04d".formatted(i));
        var terms = new KeyTerms("live", List.of("route-" + i % 3), List.of("orders:read"), List.of());
        return new HashedKey(
                key.id(),
                "shop-" + i % 7,
                PEPPER.hash(key),
                i,
                i % 2 == 0 ? Long.MAX_VALUE : i,
                terms,
                i % 5 == 0,
                false,
                i % 4 == 0 ? "origin-" + i % 10 : key.id());
    }
}
