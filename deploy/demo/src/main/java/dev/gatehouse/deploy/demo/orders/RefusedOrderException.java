package dev.gatehouse.deploy.demo.orders;

/** A wish that the shop cannot fulfil; the message states the rule and goes to the caller. */
final class RefusedOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedOrderException(String rule) {
        super(rule, null, false, false);
    }
}
