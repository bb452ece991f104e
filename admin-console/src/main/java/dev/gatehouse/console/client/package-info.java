/** The view of client types: which sorts of clients are told apart, and by what. */
@NullMarked
package dev.gatehouse.console.client;

import org.jspecify.annotations.NullMarked;
