/** What a route's settings leave open, filled in from a request: values, queries, locations. */
@NullMarked
package dev.gatehouse.node.template;

import org.jspecify.annotations.NullMarked;
