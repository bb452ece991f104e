/** What stands around every view: navigation, the top bar, the look. */
@NullMarked
package dev.gatehouse.console.shell;

import org.jspecify.annotations.NullMarked;
