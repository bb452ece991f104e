/** Tells webhooks of thresholds that were crossed. */
@NullMarked
package dev.gatehouse.console.alert;

import org.jspecify.annotations.NullMarked;
