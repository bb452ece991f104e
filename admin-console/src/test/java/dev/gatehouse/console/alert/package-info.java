/** Tests of alerts. */
@NullMarked
package dev.gatehouse.console.alert;

import org.jspecify.annotations.NullMarked;
