package dev.gatehouse.node.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.HandMovedClock;
import dev.gatehouse.node.fetch.AddressRules;
import dev.gatehouse.node.fetch.Fetcher;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LiveIssuerTest {

    private static final ECKey KEY = IssuerServer.generated("one");

    private final HandMovedClock clock = new HandMovedClock();
    private final LiveIssuer issuer = issuer(IssuerServer.keySet(KEY), Map.of());

    @Test
    void readsWhatAGoodTokenSays() throws Exception {
        var judged = issuer.judge(token(builder -> builder, Map.of("scope", "a b", "aud", List.of("x", "y"))));

        assertThat(judged).isInstanceOfSatisfying(Judgement.Good.class, good -> {
            assertThat(good.token().scopes()).containsExactlyInAnyOrder("a", "b");
            assertThat(good.token().audiences()).containsExactly("x", "y");
            assertThat(good.holds().getAsBoolean()).isTrue();
            clock.advance(Duration.ofSeconds(90));
            assertThat(good.holds().getAsBoolean()).isFalse();
        });
    }

    @Test
    void refusesWhatSaysWhereItsKeyIsOrBringsOneAlongOrIsSignedInAnotherWay() throws Exception {
        var elsewhere = URI.create("https://attacker.example/keys");
        assertBad(token(builder -> builder.jwkURL(elsewhere), Map.of()), "has 'jku' in its header, which is not taken");
        assertBad(
                token(builder -> builder.x509CertURL(elsewhere), Map.of()),
                "has 'x5u' in its header, which is not taken");
        assertBad(
                token(builder -> builder.jwk(KEY.toPublicJWK()), Map.of()),
                "has 'jwk' in its header, which is not taken");
        assertBad(
                token(builder -> builder.x509CertChain(List.of(new com.nimbusds.jose.util.Base64("AAAA"))), Map.of()),
                "has 'x5c' in its header, which is not taken");
        assertBad(
                token(builder -> builder.criticalParams(Set.of("exp")).customParam("exp", 1), Map.of()),
                "has 'crit' in its header, which is not taken");
        assertBad(
                token(builder -> builder.type(new JOSEObjectType("logout+jwt")), Map.of()),
                "is a token for another use");

        var none = new PlainObject(new PlainHeader(), payload(Map.of())).serialize();
        assertThat(issuer.judge(none)).isInstanceOf(Judgement.Bad.class);
        assertThat(issuer.judge(none + "AAAA")).isInstanceOf(Judgement.Bad.class);

        var confused = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), payload(Map.of()));
        confused.sign(new MACSigner(KEY.toECPublicKey().getEncoded()));
        assertBad(confused.serialize(), "is signed in a way that is not taken");

        var encrypted = new JWEObject(new JWEHeader(JWEAlgorithm.ECDH_ES, EncryptionMethod.A128GCM), payload(Map.of()));
        encrypted.encrypt(new ECDHEncrypter(KEY.toECPublicKey()));
        assertThat(issuer.judge(encrypted.serialize())).isEqualTo(new Judgement.Bad("is no signed token", false));
    }

    @Test
    void refusesAnAlteredTokenAndOneOfAnotherKey() throws Exception {
        var token = token(builder -> builder, Map.of());
        int dot = token.indexOf('.');
        int last = token.lastIndexOf('.');
        var other = Base64URL.encode(JSONObjectUtils.toJSONString(claims(Map.of("sub", "root"))));

        assertBad(token.substring(0, dot + 1) + other + token.substring(last), "has a wrong signature");
        assertBad(token.substring(0, last + 1) + "A".repeat(86), "has a wrong signature");
        assertBad(token.substring(0, last + 1) + "AAAA", "has a wrong signature");
        for (var broken :
                List.of("", "a", "a.b", "a.b.c", token + ".", token + "=", " " + token, token.replace('.', '~'))) {
            assertThat(issuer.judge(broken)).isEqualTo(new Judgement.Bad("is no signed token", false));
        }
        var stranger = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("two").build(), payload(Map.of()));
        stranger.sign(new ECDSASigner(IssuerServer.generated("two")));
        assertBad(stranger.serialize(), "is signed with a key that its issuer does not have");
    }

    @Test
    void judgesBeginningAndEndWithTheLeewayBothWays() throws Exception {
        long now = clock.instant().getEpochSecond();

        assertBad(token(builder -> builder, Map.of("exp", now - 31)), "has expired");
        assertGood(token(builder -> builder, Map.of("exp", now - 29)));
        assertBad(token(builder -> builder, Map.of("nbf", now + 32)), "is not in force yet");
        assertGood(token(builder -> builder, Map.of("nbf", now + 29)));
        assertBad(token(builder -> builder, Map.of("nbf", "soon")), "has a beginning that is no time");
        assertBad(token(builder -> builder, Map.of("exp", "never")), "has no end");
        assertGood(token(builder -> builder, Map.of("exp", 1e18)));
        var other = token(builder -> builder, Map.of("iss", "https://other"));
        assertThat(issuer.judge(other)).isEqualTo(new Judgement.Bad("is of another issuer", false));
    }

    @Test
    void remembersATokenForAWhileAndNeverBeyondItsEnd() throws Exception {
        var brief = token(builder -> builder, Map.of());
        var lasting = token(builder -> builder, Map.of("exp", clock.instant().getEpochSecond() + 3_600));
        assertThat(issuer.known(brief)).isNull();
        assertGood(brief);
        assertGood(lasting);

        clock.advance(Duration.ofSeconds(89));
        assertThat(issuer.known(brief)).isNotNull();
        clock.advance(Duration.ofSeconds(2));
        assertThat(issuer.known(brief)).isNull();
        assertThat(issuer.known(lasting)).isNotNull();
        clock.advance(Duration.ofMinutes(5));
        assertThat(issuer.known(lasting)).isNull();
    }

    @Test
    void takesRsaFrom2048BitsAndEd25519() throws Exception {
        var strong = new RSAKeyGenerator(2048).keyID("strong").generate();
        var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        var encrypting = new RSAKey.Builder(strong)
                .keyID("encrypting")
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var encoded = pair.getPublic().getEncoded();
        var edwards = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"ed\",\"x\":\""
                + Base64URL.encode(java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)) + "\"}";
        var set = IssuerServer.keySet(strong, weak, encrypting).replace("{\"keys\":[", "{\"keys\":[" + edwards + ",");
        var many = issuer(set, Map.of("algorithms", List.of("RS256", "PS256", "EdDSA")));

        assertThat(many.judge(signed(JWSAlgorithm.RS256, "strong", new RSASSASigner(strong))))
                .isInstanceOf(Judgement.Good.class);
        assertThat(many.judge(signed(JWSAlgorithm.PS256, "strong", new RSASSASigner(strong))))
                .isInstanceOf(Judgement.Good.class);
        assertThat(many.judge(signed(JWSAlgorithm.RS384, "strong", new RSASSASigner(strong))))
                .isInstanceOf(Judgement.Bad.class);
        assertThat(many.judge(signed(
                        JWSAlgorithm.RS256, "weak", new RSASSASigner(weak, Set.of(AllowWeakRSAKey.getInstance())))))
                .isInstanceOf(Judgement.Bad.class);
        assertThat(many.judge(signed(JWSAlgorithm.RS256, "encrypting", new RSASSASigner(strong))))
                .isInstanceOf(Judgement.Bad.class);

        var start = Base64URL.encode("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}") + "."
                + payload(Map.of()).toBase64URL();
        var signing = Signature.getInstance("Ed25519");
        signing.initSign(pair.getPrivate());
        signing.update(start.getBytes(StandardCharsets.US_ASCII));
        var signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signing.sign());
        assertThat(many.judge(start + "." + signature)).isInstanceOf(Judgement.Good.class);
        assertThat(many.judge(start + "." + signature.substring(0, 80) + "AAAAAA"))
                .isInstanceOf(Judgement.Bad.class);
    }

    private String signed(JWSAlgorithm algorithm, String id, JWSSigner signer) throws Exception {
        var token = new JWSObject(new JWSHeader.Builder(algorithm).keyID(id).build(), payload(Map.of()));
        token.sign(signer);
        return token.serialize();
    }

    private void assertBad(String token, String reason) {
        assertThat(issuer.judge(token)).isEqualTo(new Judgement.Bad(reason, true));
    }

    private void assertGood(String token) {
        assertThat(issuer.judge(token)).isInstanceOf(Judgement.Good.class);
    }

    private String token(UnaryOperator<JWSHeader.Builder> header, Map<String, ?> claims) throws Exception {
        var token = new JWSObject(
                header.apply(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one"))
                        .build(),
                payload(claims));
        token.sign(new ECDSASigner(KEY));
        return token.serialize();
    }

    private Payload payload(Map<String, ?> claims) {
        return new Payload(JSONObjectUtils.toJSONString(claims(claims)));
    }

    private Map<String, Object> claims(Map<String, ?> with) {
        var claims = new HashMap<String, Object>();
        claims.put("iss", "https://login.example");
        claims.put("exp", clock.instant().getEpochSecond() + 60);
        claims.putAll(with);
        return claims;
    }

    private LiveIssuer issuer(String keys, Map<String, ?> with) {
        var plain = new HashMap<String, Object>(with);
        plain.put("key-set", Map.of("keys", keys, "issuer", "https://login.example"));
        try {
            var settings = Settings.read(Issuer.class, plain).orThrow();
            return new LiveIssuer(
                    settings,
                    new KeySource.Fixed(TrustedKeys.read(keys)),
                    new AskedIssuer(settings, new Fetcher(AddressRules.of(List.of())), () -> "", clock),
                    clock);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
