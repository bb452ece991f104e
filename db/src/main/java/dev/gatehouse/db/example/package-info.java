/** The examples of routes, held against a whole configuration: what becomes of each, and why. */
@NullMarked
package dev.gatehouse.db.example;

import org.jspecify.annotations.NullMarked;
