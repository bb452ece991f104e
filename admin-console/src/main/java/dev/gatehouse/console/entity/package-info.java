/** What the views of all kinds of things with a name share: the list, the form of one, its deletion. */
@NullMarked
package dev.gatehouse.console.entity;

import org.jspecify.annotations.NullMarked;
