/** What the tests of several packages share: a fresh database, a fresh Redis, sample things. */
@NullMarked
package dev.gatehouse.db;

import org.jspecify.annotations.NullMarked;
