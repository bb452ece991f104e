/** The view of API keys: issued once, shown once, revoked for good. */
@NullMarked
package dev.gatehouse.console.key;

import org.jspecify.annotations.NullMarked;
