package dev.gatehouse.node.exchange;

import java.util.Map;
import java.util.Set;

/**
 * Who is calling, once known.
 *
 * @param consumer the consumer's name
 * @param keyId the public id of the key, or the name of the other credential, that proved it; empty for an anonymous caller
 * @param origin under what it is counted where limits go by key: of a key that was rotated, the id it had first
 * @param scopes what the credential was given for
 * @param claims what else its issuer says, as JSON has it: texts, numbers, booleans, lists and maps
 */
public record Caller(String consumer, String keyId, String origin, Set<String> scopes, Map<String, Object> claims) {

    /** One whose credential has taken the place of none. */
    public Caller(String consumer, String keyId, Set<String> scopes, Map<String, Object> claims) {
        this(consumer, keyId, keyId, scopes, claims);
    }

    /** One whose credential says nothing more. */
    public Caller(String consumer, String keyId) {
        this(consumer, keyId, Set.of(), Map.of());
    }

    /** One that showed no credential. */
    public static Caller anonymous(String consumer) {
        return new Caller(consumer, "");
    }

    public boolean isAnonymous() {
        return keyId.isEmpty();
    }
}
