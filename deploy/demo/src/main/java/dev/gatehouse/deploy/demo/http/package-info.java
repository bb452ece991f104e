/** A small HTTP server for JSON: routes in, answers back, refusals as problem+json. */
@NullMarked
package dev.gatehouse.deploy.demo.http;

import org.jspecify.annotations.NullMarked;
