/** Who is let in, and who is not. */
@NullMarked
package dev.gatehouse.console.login;

import org.jspecify.annotations.NullMarked;
