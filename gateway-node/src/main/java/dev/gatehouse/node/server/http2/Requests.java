package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.wire.RequestHead;
import java.util.function.Consumer;

/** What answers the requests of a connection. Neither method throws, and what they return can be sent as it is. */
public interface Requests {

    /** @param begun is told of the exchange before it is handled; not called when the request is refused unread */
    Response answer(RequestHead head, Body body, Downstream downstream, Consumer<Exchange> begun);

    /** A refusal of what never became an exchange. */
    Response refuse(Rejection rejection);

    /** Stands in for an answer that cannot be sent. */
    Response failed();
}
