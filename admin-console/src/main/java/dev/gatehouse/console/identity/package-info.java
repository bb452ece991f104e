/** The views of logins and signing keys: what consumers prove themselves with beside keys, and how the gateway proves itself to services. */
@NullMarked
package dev.gatehouse.console.identity;

import org.jspecify.annotations.NullMarked;
