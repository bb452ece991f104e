/** One definition is read, written, refused and corrected. */
@NullMarked
package dev.gatehouse.db.settings;

import org.jspecify.annotations.NullMarked;
