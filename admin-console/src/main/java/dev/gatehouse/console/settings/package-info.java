/** A form for any annotated record: its {@code Definition} says which fields there are and what each must look like. */
@NullMarked
package dev.gatehouse.console.settings;

import org.jspecify.annotations.NullMarked;
