package dev.gatehouse.db.model;

/** Something that an operator configures under a name. */
public sealed interface Entity
        permits Service, Route, Consumer, Certificate, Api, ClientType, Plan, Issuer, Login, SigningKey, Webhook {}
