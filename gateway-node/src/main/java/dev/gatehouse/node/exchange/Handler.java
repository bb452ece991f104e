package dev.gatehouse.node.exchange;

/** Answers an exchange. */
@FunctionalInterface
public interface Handler {

    /** @return the response, owned by the caller, who must close it or hand it on */
    Response handle(Exchange exchange);
}
