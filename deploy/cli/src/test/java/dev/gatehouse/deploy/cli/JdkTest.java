package dev.gatehouse.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search asks for JDK 90, so that those of this machine do not count. */
class JdkTest {

    private static final Path SCRIPT = Path.of("../lib/jdk.sh").toAbsolutePath().normalize();

    @TempDir
    private Path temporary = Path.of("");

    private Path home = Path.of("");

    @BeforeEach
    void hasASpaceInItsPath() throws IOException {
        home = Files.createDirectory(temporary.toRealPath().resolve("a home"));
    }

    @Test
    void prefersJavaHome() throws Exception {
        jdk(".jdks/a", "90.0.1");
        var wished = jdk("elsewhere/b", "91");
        assertThat(find(Map.of("JAVA_HOME", wished.toString())).out()).isEqualTo(wished.toString());
    }

    @Test
    void followsTheLinksOfPath() throws Exception {
        jdk(".jdks/a", "90");
        var wished = jdk("elsewhere/b", "92");
        var bin = Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("alternative"), wished.resolve("bin/javac"));
        Files.createSymbolicLink(bin.resolve("javac"), Path.of("alternative"));
        assertThat(find(Map.of("PATH", bin + ":" + System.getenv("PATH"))).out())
                .isEqualTo(wished.toString());
    }

    @Test
    void otherwiseTakesTheLowestThatFits() throws Exception {
        jdk(".jdks/newest", "100.0.1");
        var lowest = jdk(".sdkman/candidates/java/lowest", "90-ea");
        jdk(".asdf/installs/java/old", "1.8.0_402");
        assertThat(find(Map.of()).out()).isEqualTo(lowest.toString());
    }

    @Test
    void passesOverAJavaHomeThatIsTooOldOrNotThere() throws Exception {
        var good = jdk(".jdks/a", "90");
        var old = jdk("elsewhere/b", "21.0.2");
        assertThat(find(Map.of("JAVA_HOME", old.toString())).out()).isEqualTo(good.toString());
        assertThat(find(Map.of("JAVA_HOME", "/nowhere")).out()).isEqualTo(good.toString());
    }

    @Test
    void saysWhatItSawAndWhatToInstall() throws Exception {
        var old = jdk(".jdks/old", "21.0.2");
        var jre = jdk(".jdks/jre", "90.0.2");
        Files.delete(jre.resolve("bin/javac"));
        var ran = find(Map.of("JAVA_HOME", "/nowhere"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("Gatehouse needs a JDK 90 or newer, and none was found.\n")
                .contains("Looked at JAVA_HOME (/nowhere), java on PATH, /usr/lib/jvm")
                .contains("no JDK  /nowhere (JAVA_HOME)")
                .contains("21.0.2  " + old)
                .contains("90.0.2 without a compiler (a JRE, not a JDK)  " + jre)
                .contains("apt install openjdk-90-jdk", "brew install openjdk@90", "or set JAVA_HOME");
    }

    private Path jdk(String path, String version) throws IOException {
        var folder = home.resolve(path);
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (var program : new String[] {"java", "javac"}) {
            Files.createFile(
                    folder.resolve("bin/" + program),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        return folder;
    }

    private Shell.Ran find(Map<String, String> environment) throws IOException, InterruptedException {
        var all = new HashMap<>(environment);
        all.put("HOME", home.toString());
        return Script.run(
                home,
                all,
                "sh",
                "-euc",
                ". \"$0\"; jdk_least=90; require_jdk; printf %s \"$JAVA_HOME\"",
                SCRIPT.toString());
    }
}
