/** The orders service: GraphQL over HTTP. */
@NullMarked
package dev.gatehouse.deploy.demo.orders;

import org.jspecify.annotations.NullMarked;
