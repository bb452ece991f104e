/** How far a revision has come. */
@NullMarked
package dev.gatehouse.console.publish;

import org.jspecify.annotations.NullMarked;
