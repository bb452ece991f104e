package dev.gatehouse.db.model;

/** The request methods of RFC 9110 and RFC 5789 that a route can name. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS
}
