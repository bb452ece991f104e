/** The configuration as one YAML file, by names: read with lines, applied, exported. */
@NullMarked
package dev.gatehouse.db.document;

import org.jspecify.annotations.NullMarked;
