package dev.gatehouse.node.identity.token;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A token that was verified.
 *
 * @param claims all it says
 * @param algorithm how it was signed, as it is written
 * @param endsAt milliseconds since 1970, the leeway included
 */
public record Token(
        Map<String, Object> claims, List<String> audiences, Set<String> scopes, String algorithm, long endsAt) {}
