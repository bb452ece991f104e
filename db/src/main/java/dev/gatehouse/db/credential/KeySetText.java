package dev.gatehouse.db.credential;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A JWK Set as a text: RFC 7517, 5. */
public final class KeySetText {

    /** As the words that complete "must be …". */
    public static final String RULE = "a JWK Set of public keys, such as {\"keys\": [ {\"kty\": \"EC\", …} ]}";

    private static final int MOST = 100;
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private KeySetText() {}

    /** Why it cannot be one; never repeats what may be a private key. */
    public static Optional<String> problem(String text) {
        Object read;
        try {
            read = JsonMapper.shared().readValue(text, Object.class);
        } catch (JacksonException e) {
            return Optional.of("Must be " + RULE + "; this is no JSON.");
        }
        if (!(read instanceof Map<?, ?> set) || !(set.get("keys") instanceof List<?> keys)) {
            return Optional.of("Must be " + RULE + ".");
        }
        if (keys.isEmpty() || keys.size() > MOST) {
            return Optional.of("Must hold 1 to " + MOST + " keys, holds " + keys.size() + ".");
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!(keys.get(i) instanceof Map<?, ?> key) || !(key.get("kty") instanceof String)) {
                return Optional.of("Key " + (i + 1) + " is none: it has no kty.");
            }
            if (PRIVATE.stream().anyMatch(key::containsKey)) {
                return Optional.of("Key " + (i + 1) + " is private or shared; only public keys may stand here.");
            }
        }
        return Optional.empty();
    }
}
