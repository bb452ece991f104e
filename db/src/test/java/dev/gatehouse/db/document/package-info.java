/** Files are read with their lines, applied and exported. */
@NullMarked
package dev.gatehouse.db.document;

import org.jspecify.annotations.NullMarked;
