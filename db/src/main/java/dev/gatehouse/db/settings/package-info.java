/** One definition, many readers: annotations on record components give JSON and YAML, defaults, checks, forms and reference pages. */
@NullMarked
package dev.gatehouse.db.settings;

import org.jspecify.annotations.NullMarked;
