/** What is going on, asked once a second for all browsers together. */
@NullMarked
package dev.gatehouse.console.live;

import org.jspecify.annotations.NullMarked;
