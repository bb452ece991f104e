package dev.gatehouse.db.model;

import java.util.Locale;

/** Every reason for which a gateway answers by itself. The code is stable: problem+json, log, metrics and console share it. */
public enum Refusal {
    BAD_REQUEST(400, "The request is malformed"),
    AMBIGUOUS_PATH(400, "The path has more than one reading"),
    VERSION_MISSING(400, "A version of the API must be named"),
    VERSION_UNKNOWN(400, "The API has no such version"),
    KEY_MISSING(401, "An API key is required"),
    KEY_REFUSED(401, "The API key is not valid"),
    TOKEN_REFUSED(401, "The token is not valid"),
    LOGIN_REFUSED(401, "User name or password is wrong"),
    SIGNATURE_REFUSED(401, "The signature is not valid"),
    CERTIFICATE_REFUSED(401, "The client certificate is not known here"),
    AUTHENTICATION_REFUSED(401, "The caller was not recognised"),
    CREDENTIAL_MISSING(401, "A credential is required"),
    KEY_NOT_ALLOWED(403, "The API key may not be used here"),
    CONSUMER_UNKNOWN(403, "The caller is no consumer here"),
    CONSUMERS_DIFFER(403, "The credentials prove different consumers"),
    ACCESS_REFUSED(403, "The caller may not do this"),
    SCOPE_MISSING(403, "The credential does not grant this"),
    ADDRESS_REFUSED(403, "Requests from this address are not taken"),
    USER_AGENT_REFUSED(403, "Requests of this program are not taken"),
    CORS_REFUSED(403, "The origin may not ask this"),
    NO_ROUTE(404, "No route matches"),
    METHOD_NOT_ALLOWED(405, "The route does not take this method"),
    VERSION_NOT_ACCEPTABLE(406, "The API has none of the versions that are accepted"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    VERSION_RETIRED(410, "The version of the API is retired"),
    BODY_TOO_LARGE(413, "The body is too large"),
    QUERY_TOO_LARGE(414, "The query is too large"),
    TARGET_TOO_LONG(414, "The request target is too long"),
    MEDIA_TYPE_REFUSED(415, "Bodies of this kind are not taken"),
    EXPECTATION_FAILED(417, "The expectation cannot be met"),
    MISDIRECTED(421, "The connection is not good for this host"),
    RATE_LIMITED(429, "The rate limit is used up"),
    TOO_MANY_ATTEMPTS(429, "Too many credentials were refused"),
    TOO_MANY_AT_ONCE(429, "Too many requests are on their way"),
    QUOTA_EXHAUSTED(429, "The quota is used up"),
    HEAD_TOO_LARGE(431, "The header fields are too large"),
    CLIENT_GONE(499, "The client is gone"),
    INTERNAL(500, "The gateway failed"),
    NOT_IMPLEMENTED(501, "The gateway does not do that"),
    UPSTREAM_UNREACHABLE(502, "The service cannot be reached"),
    UPSTREAM_BROKEN(502, "The service gave an unusable answer"),
    NO_CONFIGURATION(503, "The gateway has no configuration yet"),
    ROUTE_BROKEN(503, "The route cannot be served as configured"),
    NO_HEALTHY_TARGET(503, "No target of the service can be used"),
    AUTHENTICATION_UNAVAILABLE(503, "Credentials cannot be checked"),
    ISSUER_UNAVAILABLE(503, "Tokens cannot be checked"),
    LIMITER_UNAVAILABLE(503, "The rate limit cannot be checked"),
    CIRCUIT_OPEN(503, "The service is given time to recover"),
    BULKHEAD_FULL(503, "Too many requests are running"),
    POOL_FULL(503, "All connections to the service are in use"),
    CONCURRENCY_LIMITED(503, "The service takes fewer requests at the moment"),
    OVERLOADED(503, "The gateway is overloaded"),
    QUOTA_UNAVAILABLE(503, "The quota cannot be checked"),
    MAINTENANCE(503, "The API is being worked on"),
    FAULT_INJECTED(503, "The request failed on purpose"),
    UPSTREAM_TIMEOUT(504, "The service did not answer in time"),
    UPSTREAM_CONNECT_TIMEOUT(504, "The service did not accept a connection in time"),
    UPSTREAM_TRY_TIMEOUT(504, "No try was answered in time"),
    UPSTREAM_IDLE(504, "The service stopped within its answer"),
    DEADLINE_EXCEEDED(504, "The time for the request is over"),
    VERSION_NOT_SUPPORTED(505, "The HTTP version is not supported"),
    LOOP_DETECTED(508, "The request came back to the gateway");

    private final int status;
    private final String title;

    Refusal(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** As callers see it: {@code rate-limited}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** HTTP status, 400 to 508. */
    public int status() {
        return status;
    }

    /** Is it because a limit has no room? Such a request takes nothing of any other limit. */
    public boolean ofLimits() {
        return status == 429 || this == LIMITER_UNAVAILABLE || this == QUOTA_UNAVAILABLE;
    }

    /** RFC 9457 title: the same for every occurrence. */
    public String title() {
        return title;
    }
}
