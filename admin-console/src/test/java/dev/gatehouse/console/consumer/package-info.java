/** Consumers, created, edited and deleted. */
@NullMarked
package dev.gatehouse.console.consumer;

import org.jspecify.annotations.NullMarked;
