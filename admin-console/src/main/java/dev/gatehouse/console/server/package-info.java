/** The web server: Jetty, who may talk to it, and how views come by what they need. */
@NullMarked
package dev.gatehouse.console.server;

import org.jspecify.annotations.NullMarked;
