/** What is known of nodes and traffic, from real stores. */
@NullMarked
package dev.gatehouse.console.live;

import org.jspecify.annotations.NullMarked;
