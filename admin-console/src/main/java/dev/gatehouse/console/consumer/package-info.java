/** The view of consumers: who calls the APIs. */
@NullMarked
package dev.gatehouse.console.consumer;

import org.jspecify.annotations.NullMarked;
