package dev.gatehouse.db.model;

/** What is answered in place of a service that fails. */
public sealed interface Fallback permits OtherService, LastAnswer, Reply {}
