package dev.gatehouse.node.exchange;

/** Stands before a handler: may refuse, change the request, or change the response on the next line. */
@FunctionalInterface
public interface Filter {

    Response filter(Exchange exchange, Handler next);

    /** This filter and the handler behind it as one handler. */
    default Handler before(Handler next) {
        return exchange -> filter(exchange, next);
    }
}
