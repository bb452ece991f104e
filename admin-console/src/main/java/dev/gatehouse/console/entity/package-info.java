/** What the screens of services, routes, certificates and consumers share: one thing with a name, its form, and its deletion. */
@NullMarked
package dev.gatehouse.console.entity;

import org.jspecify.annotations.NullMarked;
