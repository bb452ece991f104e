/** The view of certificates: what callers and targets are shown, and when it ends. */
@NullMarked
package dev.gatehouse.console.certificate;

import org.jspecify.annotations.NullMarked;
