/** Revisions, looked back at. */
@NullMarked
package dev.gatehouse.console.revision;

import org.jspecify.annotations.NullMarked;
