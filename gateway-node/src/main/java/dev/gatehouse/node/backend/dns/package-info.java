/** What the names of targets stand for: asked of name servers, remembered for as long as they say, and followed. */
@NullMarked
package dev.gatehouse.node.backend.dns;

import org.jspecify.annotations.NullMarked;
