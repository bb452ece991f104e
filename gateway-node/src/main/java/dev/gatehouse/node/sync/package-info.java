/** The configuration on its way from PostgreSQL or the disk to the live table. */
@NullMarked
package dev.gatehouse.node.sync;

import org.jspecify.annotations.NullMarked;
