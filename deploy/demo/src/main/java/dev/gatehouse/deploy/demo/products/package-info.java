/** The products service: gRPC with reflection and health. */
@NullMarked
package dev.gatehouse.deploy.demo.products;

import org.jspecify.annotations.NullMarked;
