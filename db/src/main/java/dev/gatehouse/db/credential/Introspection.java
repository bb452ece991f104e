package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Named;

/** A token about which its issuer is asked: RFC 7662. */
@Named(
        value = "introspection",
        label = "Token, asked about",
        help = "A token of any form: its issuer is asked whether it is good (OAuth 2 introspection).")
public record Introspection(@Inline TokenTerms terms) implements Credential {}
