/** The gatehouse command against a real PostgreSQL, good input and bad. */
@NullMarked
package dev.gatehouse.deploy.cli;

import org.jspecify.annotations.NullMarked;
