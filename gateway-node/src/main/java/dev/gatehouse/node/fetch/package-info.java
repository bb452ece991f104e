/** Small documents fetched from elsewhere, such as keys of issuers: bounded in size and time, and from no address that is refused. */
@NullMarked
package dev.gatehouse.node.fetch;

import org.jspecify.annotations.NullMarked;
