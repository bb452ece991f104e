/** Keys, issued and revoked. */
@NullMarked
package dev.gatehouse.console.key;

import org.jspecify.annotations.NullMarked;
