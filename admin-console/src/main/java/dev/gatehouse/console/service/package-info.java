/** The view of services: the backends requests go to. */
@NullMarked
package dev.gatehouse.console.service;

import org.jspecify.annotations.NullMarked;
