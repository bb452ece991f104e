package dev.gatehouse.db.credential;

import java.util.Optional;

/** Where the keys are that an issuer signs with. */
public sealed interface IssuerKeys permits Discovery, KeySet, KeySetUrl, Opaque {

    /** What tokens must say in {@code iss}; empty: anything. */
    String issuer();

    /** What is fetched; empty where the keys stand in the settings. */
    Optional<String> fetched();
}
