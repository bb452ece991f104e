/** Measures what API keys cost a node: a look-up for JMH, and a million of them from database and disk. */
@NullMarked
package dev.gatehouse.deploy.bench.key;

import org.jspecify.annotations.NullMarked;
