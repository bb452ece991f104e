/** Who is calling: the compact table of API keys. */
@NullMarked
package dev.gatehouse.node.identity;

import org.jspecify.annotations.NullMarked;
