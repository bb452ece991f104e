/** Certificates, private keys and host names, tried. */
@NullMarked
package dev.gatehouse.db.tls;

import org.jspecify.annotations.NullMarked;
