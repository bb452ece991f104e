/** Where an exchange ends: a service is picked, asked over a pooled connection, and its answer streamed back. */
@NullMarked
package dev.gatehouse.node.backend;

import org.jspecify.annotations.NullMarked;
