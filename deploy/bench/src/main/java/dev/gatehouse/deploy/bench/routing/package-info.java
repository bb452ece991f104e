/** For JMH: finding a route among few and among many, and compiling them; the routes are those of GitHub's REST API, host by host. */
@NullMarked
package dev.gatehouse.deploy.bench.routing;

import org.jspecify.annotations.NullMarked;
