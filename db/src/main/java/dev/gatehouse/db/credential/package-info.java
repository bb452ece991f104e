/** What callers prove themselves with: the kinds of credentials that a route takes, with the settings of each. */
@NullMarked
package dev.gatehouse.db.credential;

import org.jspecify.annotations.NullMarked;
