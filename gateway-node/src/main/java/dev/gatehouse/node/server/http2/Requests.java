package dev.gatehouse.node.server.http2;

import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.Tunnel;
import dev.gatehouse.node.wire.RequestHead;
import java.util.function.Consumer;

/** What answers the requests of a connection. No method throws, and what they return can be sent as it is. */
public interface Requests {

    /** @param begun is told of the exchange before it is handled; not called when the request is refused unread */
    Response answer(RequestHead head, Body body, Downstream downstream, Consumer<Exchange> begun);

    /** A refusal of what never became an exchange. */
    Response refuse(Rejection rejection);

    /** Stands in for an answer that cannot be sent. */
    Response failed();

    /** Carries bytes between a client and the tunnel that it was answered with, until one of them has had enough. */
    void carry(Exchange exchange, Tunnel tunnel, ClientEnd client);

    /** What is carried is to end before long, now and from now on. */
    void drain();
}
