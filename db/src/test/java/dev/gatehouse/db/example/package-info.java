/** Tests of routes' examples. */
@NullMarked
package dev.gatehouse.db.example;

import org.jspecify.annotations.NullMarked;
