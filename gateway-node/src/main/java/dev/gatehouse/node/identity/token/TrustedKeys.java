package dev.gatehouse.node.identity.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of one issuer at one moment; immutable. */
final class TrustedKeys {

    static final TrustedKeys NONE = new TrustedKeys(List.of());

    private static final int MOST = 100;
    /** A token that names no key is tried with so many. */
    private static final int MOST_TRIED = 8;

    private final List<TrustedKey> keys;
    private final Set<String> thumbprints;

    private TrustedKeys(List<TrustedKey> keys) {
        this.keys = keys;
        thumbprints = keys.stream().map(TrustedKey::thumbprint).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Those of a JWK Set that can be used; each other one is passed over.
     *
     * @throws ParseException when it is none
     */
    static TrustedKeys read(String json) throws ParseException {
        var listed = JSONObjectUtils.parse(json).get("keys");
        if (!(listed instanceof List<?> list) || list.size() > MOST) {
            throw new ParseException("it is no JWK Set of at most " + MOST + " keys", 0);
        }
        var keys = new ArrayList<TrustedKey>();
        for (var one : list) {
            if (one instanceof Map<?, ?> plain) {
                read(plain, keys);
            }
        }
        return new TrustedKeys(List.copyOf(keys));
    }

    private static void read(Map<?, ?> plain, List<TrustedKey> keys) {
        try {
            var members = plain.entrySet().stream()
                    .filter(member -> member.getValue() != null)
                    .collect(Collectors.toMap(member -> String.valueOf(member.getKey()), Map.Entry::getValue));
            TrustedKey.of(JWK.parse(Map.<String, Object>copyOf(members))).ifPresent(keys::add);
        } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
            // one key of a kind unknown here is no reason to do without the others
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    /** Is that key still among them? */
    boolean hold(TrustedKey key) {
        return thumbprints.contains(key.thumbprint());
    }

    /** Those that the token's header may mean. */
    List<TrustedKey> candidates(JWSHeader header) {
        var id = header.getKeyID();
        JWSAlgorithm algorithm = header.getAlgorithm();
        return keys.stream()
                .filter(key -> key.algorithms().contains(algorithm) && (id == null || id.equals(key.id())))
                .limit(MOST_TRIED)
                .toList();
    }
}
