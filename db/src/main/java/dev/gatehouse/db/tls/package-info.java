/** Certificates and private keys as PEM: read, checked, and held against host names. */
@NullMarked
package dev.gatehouse.db.tls;

import org.jspecify.annotations.NullMarked;
