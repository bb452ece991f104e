package dev.gatehouse.node.backend.balance;

import dev.gatehouse.db.store.TargetState;
import java.time.Instant;

/**
 * What is to be told of an endpoint; its service knows under which name.
 *
 * @param since {@link Instant#EPOCH} where nothing has happened yet
 */
public record EndpointState(Endpoint.Key key, TargetState.Condition condition, Instant since, String why) {}
