/** The view of APIs in versions, operated. */
@NullMarked
package dev.gatehouse.console.api;

import org.jspecify.annotations.NullMarked;
