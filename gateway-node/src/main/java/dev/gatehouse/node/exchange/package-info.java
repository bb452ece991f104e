/** The vocabulary of the node: a request on its way in, its response on the way out, and who may stand between. */
@NullMarked
package dev.gatehouse.node.exchange;

import org.jspecify.annotations.NullMarked;
