/** Measures a node beside other proxies: same upstream, same load, one core for whoever is measured. */
@NullMarked
package dev.gatehouse.deploy.bench;

import org.jspecify.annotations.NullMarked;
