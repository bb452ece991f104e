/** What is recorded of a request, and where it goes. */
@NullMarked
package dev.gatehouse.node.traffic;

import org.jspecify.annotations.NullMarked;
