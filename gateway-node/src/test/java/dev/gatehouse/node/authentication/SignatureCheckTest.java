package dev.gatehouse.node.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {

    private static final String SECRET = "a shared secret".replace(' ', '-') + "-of-32-characters";
    private static final String COVERED = "(\"@method\" \"@authority\" \"@path\" \"@query\")";

    private final Asking asking = new Asking();
    private final Filter filter = filter(Map.of());

    SignatureCheckTest() {
        asking.known
                .logins()
                .take(Map.of(
                        "shop-1",
                        Settings.read(Login.class, Map.of("consumer", "web-shop", "shared-secret", SECRET))
                                .orThrow()));
    }

    private Filter filter(Map<String, ?> settings) {
        return asking.filter(Map.of("credentials", List.of(Map.of("signature", settings)), "refused-attempts", 0));
    }

    @Test
    void takesASignedRequestOnce() {
        var parameters = parameters(0, "n-1");
        var base =
                "\"@method\": GET\n\"@authority\": api.example:8443\n\"@path\": /orders\n\"@query\": ?page=2\n\"@signature-params\": "
                        + COVERED + parameters;

        assertThat(ask(filter, COVERED + parameters, signature(base)).status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().caller()).isEqualTo(new Caller("web-shop", "shop-1"));
        assertThat(asking.passed.getFirst().headers()).isEmpty();
        assertRefused(ask(filter, COVERED + parameters, signature(base)), "The signature was used before.");
        asking.known.logins().take(Map.of());
        assertThat(asking.passed.getFirst().admitted()).isFalse();
    }

    /** The example of RFC 9421, B.2.5. */
    @Test
    void makesOfARequestTheTextThatTheStandardMakesOfIt() {
        var input = SignatureInput.read(
                        "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"",
                        "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:")
                .orElseThrow();
        var exchange = Exchanges.at(
                "Example.com:443",
                "POST",
                "/foo",
                "Date",
                "Tue, 20 Apr 2021 02:07:55 GMT",
                "Content-Type",
                "application/json");

        assertThat(SignedText.of(exchange, input)).isEqualTo("""
                        "date": Tue, 20 Apr 2021 02:07:55 GMT
                        "@authority": example.com
                        "content-type": application/json
                        "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret\"""");
    }

    @Test
    void refusesWhatIsOldCoversTooLittleOrWasAltered() {
        assertRefused(signed(COVERED, parameters(-301, "n")), "The signature is too old, or its clock is wrong.");
        assertRefused(signed(COVERED, parameters(301, "n")), "The signature is too old, or its clock is wrong.");
        assertRefused(
                signed("(\"@method\" \"@path\")", parameters(0, "n")),
                "The signature must cover @method, @authority, @path, @query.");
        assertRefused(signed(COVERED, parameters(0, "")), "The signature needs a nonce of 1 to 200 characters.");
        assertRefused(
                signed(COVERED, parameters(0, "n") + ";alg=\"rsa-pss-sha512\""),
                "The signature must be made with hmac-sha256.");
        assertRefused(
                signed(
                        COVERED,
                        parameters(0, "n") + ";expires="
                                + asking.clock.instant().getEpochSecond()),
                "The signature has expired.");
        assertRefused(
                ask(filter, COVERED + parameters(0, "n"), signature("something else")),
                "The signature is wrong, or of a key that is not known here.");
        for (var malformed : List.of(
                "",
                "(\"@method\";req)" + parameters(0, "n"),
                COVERED + ";created=1;created=2",
                "(\"@path\" \"@path\")")) {
            assertRefused(
                    ask(filter, malformed, "AAAA"),
                    "The signature cannot be read: one is taken, of the form that RFC 9421 gives it.");
        }
    }

    @Test
    void holdsTheBodyAgainstItsDigestBeforeAnythingIsSentOn() throws Exception {
        var covered = "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\")";
        var octets = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        var digest = "sha-256=:" + base64(MessageDigest.getInstance("SHA-256").digest(octets)) + ":";

        assertThat(post(covered, octets, digest).status()).isEqualTo(200);
        assertThat(asking.passed.getFirst().body().stream().readAllBytes()).isEqualTo(octets);
        assertRefused(
                post(covered, "{\"a\":2}".getBytes(StandardCharsets.UTF_8), digest),
                "The signature does not fit the body: Content-Digest says another one.");
        assertRefused(post(COVERED, octets, digest), "The signature must cover content-digest where there is a body.");
        assertThat(post(covered, new byte[(1 << 20) + 1], digest).rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.BODY_TOO_LARGE);
    }

    @Test
    void goesByItsSettingWhileTheNodesCannotTellEachOther() {
        asking.redisAway = true;
        assertThat(signed(COVERED, parameters(0, "n-1")).rejection())
                .extracting("refusal")
                .isEqualTo(Refusal.AUTHENTICATION_UNAVAILABLE);

        var local = filter(Map.of("without-redis", "local"));
        var parameters = parameters(0, "n-2");
        var signature = signature(base(COVERED + parameters));
        assertThat(ask(local, COVERED + parameters, signature).status()).isEqualTo(200);
        assertRefused(ask(local, COVERED + parameters, signature), "The signature was used before.");
        asking.clock.advance(Duration.ofMinutes(5));
        assertThat(ask(local, COVERED + parameters, signature).status()).isEqualTo(401);
    }

    @Test
    void saysHowToSign() {
        assertThat(asking.ask(filter, "/").headers())
                .extracting(field -> field.name() + ": " + field.value())
                .containsExactly(
                        "WWW-Authenticate: Signature realm=\"gatehouse\"",
                        "Accept-Signature: sig1=(\"@method\" \"@authority\" \"@path\" \"@query\");created;keyid;alg=\"hmac-sha256\";nonce");
    }

    private static void assertRefused(Response answer, String reason) {
        assertThat(answer.rejection())
                .extracting("refusal", "reason")
                .containsExactly(Refusal.SIGNATURE_REFUSED, reason);
    }

    private String parameters(int later, String nonce) {
        return ";created=" + (asking.clock.instant().getEpochSecond() + later) + ";keyid=\"shop-1\""
                + (nonce.isEmpty() ? "" : ";nonce=\"" + nonce + "\"");
    }

    private Response signed(String covered, String parameters) {
        return ask(filter, covered + parameters, signature(base(covered + parameters)));
    }

    private static String base(String written) {
        return "\"@method\": GET\n\"@authority\": api.example:8443\n\"@path\": /orders\n\"@query\": ?page=2\n\"@signature-params\": "
                + written;
    }

    private Response ask(Filter filter, String input, String signature) {
        return asking.ask(
                filter,
                Exchanges.get(
                        "/orders?page=2", "Signature-Input", "sig1=" + input, "Signature", "sig1=:" + signature + ":"));
    }

    private Response post(String covered, byte[] body, String digest) {
        var written = covered
                + parameters(
                        0,
                        "n-" + asking.passed.size() + body.length + covered.length()
                                + body[Math.min(body.length - 1, 5)]);
        var base = "\"@method\": POST\n\"@authority\": api.example:8443\n\"@path\": /orders\n\"@query\": ?\n"
                + (covered.contains("digest") ? "\"content-digest\": " + digest + "\n" : "")
                + "\"@signature-params\": " + written;
        Exchange exchange = Exchanges.post(
                "/orders",
                Body.of(body),
                "Content-Digest",
                digest,
                "Signature-Input",
                "sig1=" + written,
                "Signature",
                "sig1=:" + signature(base) + ":");
        return asking.ask(filter, exchange);
    }

    private static String signature(String text) {
        return Signing.signature(text, SECRET);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
