package dev.gatehouse.node.backend;

import dev.gatehouse.db.model.Reply;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.nio.charset.StandardCharsets;

/** The same answer each time. */
public final class FixedReply implements Handler {

    private final int status;
    private final Headers headers = new Headers();
    private final byte[] body;

    public FixedReply(Reply reply) {
        status = Math.toIntExact(reply.status());
        body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            headers.add("Content-Type", reply.contentType());
        }
        reply.headers().forEach(header -> headers.add(header.name(), header.value()));
    }

    @Override
    public Response handle(Exchange exchange) {
        return new Response(status, headers.copy(), Body.of(body));
    }
}
