/** The gatehouse command: what the console does, from a shell. */
@NullMarked
package dev.gatehouse.deploy.cli;

import org.jspecify.annotations.NullMarked;
