/** Routes, created, edited and deleted. */
@NullMarked
package dev.gatehouse.console.route;

import org.jspecify.annotations.NullMarked;
