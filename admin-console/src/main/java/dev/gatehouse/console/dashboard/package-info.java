/** The first view: what the gateway is doing now, or what to do first. */
@NullMarked
package dev.gatehouse.console.dashboard;

import org.jspecify.annotations.NullMarked;
