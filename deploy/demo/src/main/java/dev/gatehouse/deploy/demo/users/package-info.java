/** The users service: REST over HTTP/1.1, and the addresses that tests of a gateway need. */
@NullMarked
package dev.gatehouse.deploy.demo.users;

import org.jspecify.annotations.NullMarked;
