/** The view of APIs in versions: which there are, what becomes of them, and who still calls them. */
@NullMarked
package dev.gatehouse.console.api;

import org.jspecify.annotations.NullMarked;
