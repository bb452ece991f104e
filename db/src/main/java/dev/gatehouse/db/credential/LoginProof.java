package dev.gatehouse.db.credential;

/** How a consumer proves itself beside API keys. */
public sealed interface LoginProof permits CertificateSubject, LoginPassword, SharedSecret {}
