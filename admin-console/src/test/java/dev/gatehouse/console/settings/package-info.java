/** Forms drawn from records, in all their shapes. */
@NullMarked
package dev.gatehouse.console.settings;

import org.jspecify.annotations.NullMarked;
