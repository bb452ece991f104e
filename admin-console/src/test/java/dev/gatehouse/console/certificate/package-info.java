/** Certificates, added, renewed and watched. */
@NullMarked
package dev.gatehouse.console.certificate;

import org.jspecify.annotations.NullMarked;
