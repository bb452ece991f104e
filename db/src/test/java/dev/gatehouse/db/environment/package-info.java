/** Variables are set rightly and wrongly. */
@NullMarked
package dev.gatehouse.db.environment;

import org.jspecify.annotations.NullMarked;
