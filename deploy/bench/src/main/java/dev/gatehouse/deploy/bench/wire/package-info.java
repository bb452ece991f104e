/** What the codec costs alone: time and allocation of one message head, one path, one chunked body. */
@NullMarked
package dev.gatehouse.deploy.bench.wire;

import org.jspecify.annotations.NullMarked;
