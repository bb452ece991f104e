package dev.gatehouse.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code deploy/compose.yaml} as far as it can be judged without containers: it names only what exists. */
class ComposeTest {

    private static final Path FILE = Run.ROOT.resolve("deploy/compose.yaml");

    private final Map<String, Map<String, Object>> services = services();

    @Test
    void setsOnlyVariablesThatOurProgramsKnow() {
        services.forEach((name, service) -> {
            var environment = new HashMap<String, String>();
            map(service.get("environment")).forEach((variable, value) -> environment.put(variable, value.toString()));
            Environment.read(environment);
            if (isOurs(service)) {
                assertThat(environment).as(name).containsKeys("GATEHOUSE_DB_URL", "GATEHOUSE_DB_USER");
            }
        });
    }

    @Test
    void startsProgramsThatExist() {
        var ours = services.values().stream().filter(ComposeTest::isOurs).toList();

        assertThat(ours).hasSize(4).allSatisfy(service -> {
            var type = ((List<?>) service.getOrDefault("command", List.of()))
                    .get(3)
                    .toString();
            assertThat(List.of("gateway-node", "admin-console", "deploy/cli"))
                    .map(module -> Run.ROOT.resolve(module + "/src/main/java/" + type.replace('.', '/') + ".java"))
                    .anyMatch(Files::exists);
        });
    }

    @Test
    void namesFilesThatExist() {
        assertThat(map(services.get("balancer")).get("volumes")).asString().contains("./haproxy.cfg:");
        assertThat(FILE.resolveSibling("haproxy.cfg")).exists();
        assertThat(map(services.get("migrate")).get("build")).asString().contains("deploy/Dockerfile");
        assertThat(FILE.resolveSibling("Dockerfile")).exists();
    }

    private static boolean isOurs(Map<String, Object> service) {
        return "gatehouse".equals(service.get("image"));
    }

    private static Map<String, Map<String, Object>> services() {
        try (var reader = Files.newBufferedReader(FILE)) {
            var services = new HashMap<String, Map<String, Object>>();
            map(map(new Load(LoadSettings.builder().build()).loadFromReader(reader))
                            .get("services"))
                    .forEach((name, service) -> services.put(name, map(service)));
            return services;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With what its merge keys bring in: YAML 1.2 has none, Compose does. */
    private static Map<String, Object> map(@Nullable Object node) {
        var merged = new HashMap<String, Object>();
        if (node instanceof Map<?, ?> plain) {
            switch (plain.get("<<")) {
                case null -> {}
                case List<?> several -> several.forEach(source -> merged.putAll(map(source)));
                case Object one -> merged.putAll(map(one));
            }
            plain.forEach((name, value) -> merged.put(name.toString(), value));
            merged.remove("<<");
        }
        return merged;
    }
}
