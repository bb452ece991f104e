package dev.gatehouse.node.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JWSObject;
import dev.gatehouse.db.credential.Algorithm;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.HandMovedClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Project Wycheproof's vectors of JSON web signatures, encryption and keys. They are not kept here: the folder that has
 * them, {@code testvectors_v1} of that project, is named by {@code -Dwycheproof=FOLDER}.
 */
class WycheproofTest {

    private static final Path FOLDER = Path.of(System.getProperty("wycheproof", "no folder is named"));

    private final TokenReader reader = new TokenReader(
            Settings.read(
                            Issuer.class,
                            Map.of(
                                    "key-set",
                                    Map.of("keys", IssuerServer.keySet(IssuerServer.generated("any"))),
                                    "algorithms",
                                    Arrays.stream(Algorithm.values())
                                            .map(Algorithm::toString)
                                            .toList()))
                    .orThrow(),
            new HandMovedClock());

    /** @param keys a JWK, or a set of them */
    private record Vector(int number, String text, boolean valid, JsonNode keys) {}

    private static List<Vector> vectors(String file, String text) throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no vectors are at hand");
        var all = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve(file)));
        var vectors = new ArrayList<Vector>();
        for (var group : all.get("testGroups")) {
            for (var test : group.get("tests")) {
                vectors.add(new Vector(
                        test.get("tcId").asInt(),
                        test.get(text).asString(),
                        test.get("result").asString().equals("valid"),
                        group.has("public") ? group.get("public") : group.get("private")));
            }
        }
        assertThat(vectors).hasSize(all.get("numberOfTests").asInt());
        return vectors;
    }

    private boolean accepts(Vector vector) {
        try {
            if (!TokenReader.COMPACT.matcher(vector.text).matches()) {
                return false;
            }
            var signed = JWSObject.parse(vector.text);
            var set = vector.keys.has("keys") ? vector.keys.toString() : "{\"keys\":[" + vector.keys + "]}";
            return reader.problem(signed.getHeader()) == null
                    && TrustedKeys.read(set).candidates(signed.getHeader()).stream()
                            .anyMatch(key -> key.verifies(signed));
        } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    /** Why a valid one is refused all the same. */
    private static String reason(Vector vector) {
        var keys = vector.keys.toString();
        if (keys.contains("\"oct\"")) {
            return "HMAC: who could verify it could also sign";
        }
        if (keys.contains("ES521")) {
            return "its key is for an algorithm that no standard knows";
        }
        if (vector.text.contains("..")) {
            return "it says nothing: no claims";
        }
        if (keys.contains("PS256") && header(vector).contains("PS384")) {
            return "its key is for another algorithm";
        }
        return "unexplained: " + vector.number;
    }

    private static String header(Vector vector) {
        return new String(
                Base64.getUrlDecoder().decode(vector.text.substring(0, vector.text.indexOf('.'))),
                StandardCharsets.UTF_8);
    }

    /** @return how many valid ones are refused, by reason */
    private Map<String, Integer> judge(List<Vector> vectors) {
        var refused = new TreeMap<String, Integer>();
        for (var vector : vectors) {
            boolean accepted = accepts(vector);
            assertThat(accepted && !vector.valid)
                    .as("invalid, but accepted: %s", vector)
                    .isFalse();
            if (vector.valid && !accepted) {
                refused.merge(reason(vector), 1, Integer::sum);
            }
        }
        return refused;
    }

    @Test
    void acceptsNoInvalidSignatureAndHasAReasonForEachValidOneThatItRefuses() throws IOException {
        assertThat(judge(vectors("json_web_signature_test.json", "jws")))
                .isEqualTo(Map.of(
                        "HMAC: who could verify it could also sign", 10,
                        "its key is for an algorithm that no standard knows", 2,
                        "its key is for another algorithm", 2,
                        "it says nothing: no claims", 6));
    }

    @Test
    void trustsNoKeyThatIsWeakMixedUpOrForSomethingElse() throws IOException {
        assertThat(judge(vectors("json_web_key_test.json", "jws")))
                .isEqualTo(Map.of("HMAC: who could verify it could also sign", 4));
    }

    @Test
    void takesNothingThatIsEncrypted() throws IOException {
        assertThat(vectors("json_web_encryption_test.json", "jwe")).noneMatch(this::accepts);
    }
}
