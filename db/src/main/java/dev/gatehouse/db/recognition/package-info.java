/** Which version of an API a request asks for, and which type of client it comes from. */
@NullMarked
package dev.gatehouse.db.recognition;

import org.jspecify.annotations.NullMarked;
