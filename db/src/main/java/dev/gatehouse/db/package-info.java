/** What an operator configures and how it is stored; console and node both use it, it knows neither. */
@NullMarked
package dev.gatehouse.db;

import org.jspecify.annotations.NullMarked;
