/** Pictures of numbers over time. */
@NullMarked
package dev.gatehouse.console.chart;

import org.jspecify.annotations.NullMarked;
