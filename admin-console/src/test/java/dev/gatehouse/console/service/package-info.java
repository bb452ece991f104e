/** Services, created, edited and deleted. */
@NullMarked
package dev.gatehouse.console.service;

import org.jspecify.annotations.NullMarked;
