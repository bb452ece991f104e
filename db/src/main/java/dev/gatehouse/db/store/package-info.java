/** SQL: the configuration with its revisions and audit, keys, node reports, console users. */
@NullMarked
package dev.gatehouse.db.store;

import org.jspecify.annotations.NullMarked;
