/** Tokens of issuers: their keys, fetched and kept, and what a token that they signed says. */
@NullMarked
package dev.gatehouse.node.identity.token;

import org.jspecify.annotations.NullMarked;
