package dev.gatehouse.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.SigningKey;
import dev.gatehouse.db.tls.PemException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The gateway's own keys, with which it tells services who is calling, and what is published of them. */
public final class Signers {

    private final Secrets secrets;
    private volatile Map<String, Signer> live = Map.of();
    private volatile String published = "{\"keys\":[]}";

    /** @param secrets opens private keys */
    public Signers(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A key that signs. */
    public static final class Signer {

        private final SigningKey settings;
        private final ECKey key;
        private final ECDSASigner signer;

        private Signer(SigningKey settings, ECKey key) throws JOSEException {
            this.settings = settings;
            this.key = key;
            signer = new ECDSASigner(key);
        }

        public String issuer() {
            return settings.issuer();
        }

        public String sign(JWTClaimsSet claims) {
            try {
                var token = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(JOSEObjectType.JWT)
                                .keyID(key.getKeyID())
                                .build(),
                        claims);
                token.sign(signer);
                return token.serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException("cannot sign", e);
            }
        }
    }

    /** From now on these. @return one sentence for each that cannot be used; it keeps its last good state */
    public List<String> take(Map<String, SigningKey> keys) {
        var next = new TreeMap<String, Signer>();
        var problems = new ArrayList<String>();
        keys.forEach((name, settings) -> {
            var old = live.get(name);
            if (old != null && old.settings.equals(settings)) {
                next.put(name, old);
                return;
            }
            try {
                next.put(name, new Signer(settings, pair(settings.key(name, secrets))));
            } catch (SecretException | PemException | GeneralSecurityException | JOSEException e) {
                problems.add("Signing key '" + name + "' cannot be used: " + e.getMessage());
                if (old != null) {
                    next.put(name, old);
                }
            }
        });
        live = Map.copyOf(next);
        published = new JWKSet(next.values().stream()
                        .map(signer -> (JWK) signer.key.toPublicJWK())
                        .toList())
                .toString(true);
        return problems;
    }

    public @Nullable Signer find(String name) {
        return live.get(name);
    }

    /** The public halves of all: RFC 7517, 5. */
    public String published() {
        return published;
    }

    private static ECKey pair(PrivateKey key) throws GeneralSecurityException, JOSEException {
        if (!(key instanceof ECPrivateKey secret)) {
            throw new GeneralSecurityException("it is no key of the curve P-256");
        }
        return new ECKey.Builder(Curve.P_256, publicHalf(secret))
                .privateKey(secret)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .keyIDFromThumbprint()
                .build();
    }

    /** The private key times the base point, by double and add; once a key, on no secret that an attacker can time. */
    private static ECPublicKey publicHalf(ECPrivateKey secret) throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        var spec = parameters.getParameterSpec(ECParameterSpec.class);
        var point = CurvePoint.times(secret.getS(), spec);
        var found = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
        proveFit(secret, found);
        return found;
    }

    private static void proveFit(PrivateKey secret, ECPublicKey found) throws GeneralSecurityException {
        var signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(secret);
        signing.update(new byte[] {1});
        var verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(found);
        verifying.update(new byte[] {1});
        if (!verifying.verify(signing.sign())) {
            throw new GeneralSecurityException("its public half cannot be found");
        }
    }

    /** Arithmetic on a curve over a prime field: FIPS 186, affine. */
    private static final class CurvePoint {

        private CurvePoint() {}

        static ECPoint times(BigInteger factor, ECParameterSpec spec) {
            var field = ((java.security.spec.ECFieldFp) spec.getCurve().getField()).getP();
            var a = spec.getCurve().getA();
            var sum = ECPoint.POINT_INFINITY;
            var power = spec.getGenerator();
            for (int i = 0; i < factor.bitLength(); i++) {
                if (factor.testBit(i)) {
                    sum = sum(sum, power, field, a);
                }
                power = sum(power, power, field, a);
            }
            return sum;
        }

        private static ECPoint sum(ECPoint one, ECPoint other, BigInteger field, BigInteger a) {
            if (one.equals(ECPoint.POINT_INFINITY)) {
                return other;
            }
            var x = one.getAffineX();
            var y = one.getAffineY();
            var slope = one.equals(other)
                    ? x.pow(2)
                            .multiply(BigInteger.valueOf(3))
                            .add(a)
                            .multiply(y.shiftLeft(1).modInverse(field))
                    : other.getAffineY()
                            .subtract(y)
                            .multiply(other.getAffineX().subtract(x).modInverse(field));
            var sumX = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(field);
            return new ECPoint(
                    sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(field));
        }
    }
}
