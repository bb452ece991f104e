package dev.gatehouse.deploy.bench;

/** What the load shows. */
enum Credential {
    NONE,
    KEY,
    TOKEN
}
