/** Which of a service's targets takes a request, by what each was given and what became of it. */
@NullMarked
package dev.gatehouse.node.backend.balance;

import org.jspecify.annotations.NullMarked;
