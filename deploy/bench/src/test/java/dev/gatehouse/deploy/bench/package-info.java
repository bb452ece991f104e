/** What is printed is what was measured. */
@NullMarked
package dev.gatehouse.deploy.bench;

import org.jspecify.annotations.NullMarked;
