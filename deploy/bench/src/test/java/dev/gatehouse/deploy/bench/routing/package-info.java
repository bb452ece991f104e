/** What is measured is what it is called. */
@NullMarked
package dev.gatehouse.deploy.bench.routing;

import org.jspecify.annotations.NullMarked;
