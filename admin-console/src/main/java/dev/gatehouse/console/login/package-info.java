/** Who may come in: passwords, the limit on guessing, sessions, and the views that ask. */
@NullMarked
package dev.gatehouse.console.login;

import org.jspecify.annotations.NullMarked;
