/** The console as people use it: real servers, a real browser. */
@NullMarked
package dev.gatehouse.console;

import org.jspecify.annotations.NullMarked;
