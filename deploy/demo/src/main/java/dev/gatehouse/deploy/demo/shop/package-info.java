/** What the three servers talk about: the people, goods and orders of a small outdoor shop. */
@NullMarked
package dev.gatehouse.deploy.demo.shop;

import org.jspecify.annotations.NullMarked;
