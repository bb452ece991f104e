/** The listeners: from an accepted connection to an {@code Exchange}, from a {@code Response} back to bytes. */
@NullMarked
package dev.gatehouse.node.server;

import org.jspecify.annotations.NullMarked;
