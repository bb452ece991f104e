/** Three small real servers to stand behind a gateway, and the program that starts them. */
@NullMarked
package dev.gatehouse.deploy.demo;

import org.jspecify.annotations.NullMarked;
