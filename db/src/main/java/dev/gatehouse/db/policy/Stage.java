package dev.gatehouse.db.policy;

/** Where in a request's way a policy acts; the order of declaration is the order a request meets them. */
public enum Stage {
    GUARD,
    AUTHENTICATE,
    AUTHORIZE,
    LIMIT,
    CACHE,
    TRANSFORM
}
