package dev.gatehouse.db.credential;

/** One way to prove who is calling: pure values, as settings are. All permitted records stand in this package. */
public sealed interface Credential permits Basic, ClientCertificate, ForwardAuth, Introspection, Jwt, Key, Signature {}
