package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A public key that may verify tokens, and only those signed in a way that is this key's.
 *
 * @param id {@code kid}; null without one
 * @param thumbprint of the key itself (RFC 7638): the same key under another id is the same
 */
record TrustedKey(@Nullable String id, String thumbprint, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {

    private static final int LEAST_RSA_BITS = 2_048;
    private static final Set<JWSAlgorithm> RSA = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);

    /** Empty for a key that is too weak, of a kind that is not taken, or meant for something else than verifying. */
    static Optional<TrustedKey> of(JWK key) {
        if (!isForVerifying(key)) {
            return Optional.empty();
        }
        try {
            var possible = possible(key);
            var named = key.getAlgorithm();
            Set<JWSAlgorithm> algorithms = named == null
                    ? possible
                    : possible.stream()
                            .filter(algorithm -> algorithm.getName().equals(named.getName()))
                            .collect(Collectors.toUnmodifiableSet());
            if (algorithms.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new TrustedKey(key.getKeyID(), key.computeThumbprint().toString(), algorithms, verifier(key)));
        } catch (JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isForVerifying(JWK key) {
        var use = key.getKeyUse();
        var operations = key.getKeyOperations();
        return (use == null || use.equals(KeyUse.SIGNATURE))
                && (operations == null || operations.contains(KeyOperation.VERIFY));
    }

    private static Set<JWSAlgorithm> possible(JWK key) {
        return switch (key) {
            case RSAKey rsa ->
                rsa.size() < LEAST_RSA_BITS || WeakModulus.is(rsa.getModulus().decodeToBigInteger()) ? Set.of() : RSA;
            case ECKey ec ->
                ec.getCurve().equals(Curve.P_256)
                        ? Set.of(JWSAlgorithm.ES256)
                        : ec.getCurve().equals(Curve.P_384)
                                ? Set.of(JWSAlgorithm.ES384)
                                : ec.getCurve().equals(Curve.P_521) ? Set.of(JWSAlgorithm.ES512) : Set.of();
            case OctetKeyPair pair -> pair.getCurve().equals(Curve.Ed25519) ? Set.of(JWSAlgorithm.EdDSA) : Set.of();
            default -> Set.of();
        };
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
            case ECKey ec -> new ECDSAVerifier(ec.toECPublicKey());
            case OctetKeyPair pair -> new EdwardsVerifier(pair.getDecodedX());
            default -> throw new IllegalArgumentException("no key of a kind that is taken");
        };
    }

    boolean verifies(JWSObject token) {
        try {
            return token.verify(verifier);
        } catch (JOSEException | IllegalStateException e) {
            return false;
        }
    }
}
