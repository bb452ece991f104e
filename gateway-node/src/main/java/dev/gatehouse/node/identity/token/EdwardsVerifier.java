package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/** EdDSA with Ed25519 (RFC 8037) by the JDK; the library's own verifier wants another library. */
final class EdwardsVerifier implements JWSVerifier {

    private static final int LENGTH = 32;

    private final JCAContext context = new JCAContext();
    private final PublicKey key;

    /** @param point 32 octets: RFC 8032, 5.1.2 */
    EdwardsVerifier(byte[] point) {
        if (point.length != LENGTH) {
            throw new IllegalArgumentException("a key of Ed25519 has 32 octets");
        }
        var reversed = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            reversed[i] = point[LENGTH - 1 - i];
        }
        boolean odd = reversed[0] < 0;
        reversed[0] &= 0x7f;
        try {
            key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, reversed))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key of Ed25519", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        try {
            var verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(key);
            verifying.update(signed);
            return verifying.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
