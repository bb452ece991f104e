/** One class for each policy, and the switch from policy to filter. */
@NullMarked
package dev.gatehouse.node.filter;

import org.jspecify.annotations.NullMarked;
