package dev.gatehouse.node.authentication;

import java.util.List;

/** What each kind of credential in each state is answered with: kind and state, status, code, headers. */
final class CallerMatrix {

    private static final String TEXT = """
            key good: 200
            key missing: 401 key-missing {bearer}
            key malformed: 401 key-refused {bearer}, {invalid}
            key unknown: 401 key-refused {bearer}, {invalid}
            key not yet: 401 key-refused {bearer}, {invalid}
            key expired: 401 key-refused {bearer}, {invalid}
            key revoked: 401 key-refused {bearer}, {invalid}
            key of another route: 403 key-not-allowed
            key whose route is gone: 403 key-not-allowed
            key of another consumer: 403 access-refused
            key of another environment: 403 key-not-allowed
            key from another address: 403 key-not-allowed
            jwt good: 200
            jwt missing: 401 credential-missing {bearer}
            jwt malformed: 401 token-refused {bearer}, {invalid}, error_description="The token is no signed token"
            jwt unknown: 401 token-refused {bearer}, {invalid}, error_description="The token is signed with a key that its issuer does not have"
            jwt not yet: 401 token-refused {bearer}, {invalid}, error_description="The token is not in force yet"
            jwt expired: 401 token-refused {bearer}, {invalid}, error_description="The token has expired"
            jwt revoked: 401 token-refused {bearer}, {invalid}, error_description="The token is signed with a key that its issuer does not have"
            jwt of another route: 401 token-refused {bearer}, {invalid}, error_description="The token is for another audience"
            jwt of nobody here: 403 consumer-unknown
            jwt of another consumer: 403 access-refused
            jwt from another address: 403 access-refused
            introspection good: 200
            introspection missing: 401 credential-missing {bearer}
            introspection malformed: 401 token-refused {bearer}, {invalid}
            introspection unknown: 401 token-refused {bearer}, {invalid}
            introspection not yet: 401 token-refused {bearer}, {invalid}
            introspection expired: 401 token-refused {bearer}, {invalid}
            introspection revoked: 401 token-refused {bearer}, {invalid}
            introspection of another route: 401 token-refused {bearer}, {invalid}
            introspection of nobody here: 403 consumer-unknown
            introspection of another consumer: 403 access-refused
            introspection from another address: 403 access-refused
            introspection undecided: 503 issuer-unavailable Retry-After: 5
            basic good: 200
            basic missing: 401 credential-missing {basic}
            basic malformed: 401 login-refused {basic}
            basic unknown: 401 login-refused {basic}
            basic wrong: 401 login-refused {basic}
            basic of another consumer: 403 access-refused
            basic from another address: 403 access-refused
            client-certificate good: 200
            client-certificate missing: 401 credential-missing {certificate}
            client-certificate unknown: 401 certificate-refused {certificate}
            client-certificate of another consumer: 403 access-refused
            client-certificate from another address: 403 access-refused
            signature good: 200
            signature missing: 401 credential-missing {signature}
            signature malformed: 401 signature-refused {signature}
            signature unknown: 401 signature-refused {signature}
            signature wrong: 401 signature-refused {signature}
            signature not yet: 401 signature-refused {signature}
            signature expired: 401 signature-refused {signature}
            signature of another consumer: 403 access-refused
            signature from another address: 403 access-refused
            signature again: 401 signature-refused {signature}
            signature undecided: 503 authentication-unavailable Retry-After: 1
            basic revoked: 401 login-refused {basic}
            client-certificate revoked: 401 certificate-refused {certificate}
            signature revoked: 401 signature-refused {signature}
            forward-auth good: 200
            forward-auth missing: 401 credential-missing {bearer}
            forward-auth refused: 401 authentication-refused WWW-Authenticate: Custom realm="them"
            forward-auth of another route: 403 access-refused
            forward-auth of nobody here: 403 consumer-unknown
            forward-auth of another consumer: 403 access-refused
            forward-auth from another address: 403 access-refused
            forward-auth undecided: 503 authentication-unavailable Retry-After: 5
            """.replace("{bearer}", "WWW-Authenticate: Bearer realm=\"gatehouse\"")
            .replace("{invalid}", "error=\"invalid_token\"")
            .replace("{basic}", "WWW-Authenticate: Basic realm=\"gatehouse\", charset=\"UTF-8\"")
            .replace("{certificate}", "WWW-Authenticate: ClientCertificate realm=\"gatehouse\"")
            .replace(
                    "{signature}",
                    "WWW-Authenticate: Signature realm=\"gatehouse\""
                            + " Accept-Signature: sig1=(\"@method\" \"@authority\" \"@path\" \"@query\");created;keyid;alg=\"hmac-sha256\";nonce");

    static final List<String> LINES = TEXT.lines().toList();

    private CallerMatrix() {}
}
