/** The view of client types, operated. */
@NullMarked
package dev.gatehouse.console.client;

import org.jspecify.annotations.NullMarked;
