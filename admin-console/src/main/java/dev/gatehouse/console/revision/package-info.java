/** The history of the configuration: who published what, when and why. */
@NullMarked
package dev.gatehouse.console.revision;

import org.jspecify.annotations.NullMarked;
