package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.ForwardAuth;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.RequestLine;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.identity.Consumers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another service decides, from the head of the request. Whatever is no clear yes refuses. */
final class ForwardAuthCheck implements CredentialCheck {

    private static final Proof UNAVAILABLE = new Proof.Refused(
            Rejection.of(Refusal.AUTHENTICATION_UNAVAILABLE, "Whoever decides who may call cannot be asked now.")
                    .with("Retry-After", "5"),
            "",
            false,
            true);
    private static final Rejection UNAUTHORIZED =
            Rejection.of(Refusal.AUTHENTICATION_REFUSED, "The credential was not recognised.");
    private static final Proof FORBIDDEN = new Proof.Refused(
            Rejection.of(Refusal.ACCESS_REFUSED, "This may not be called with that credential."), "", false, true);
    private static final Proof NOBODY = new Proof.Refused(
            Rejection.of(Refusal.CONSUMER_UNKNOWN, "The caller was recognised, but is no consumer here."),
            "",
            false,
            true);

    private final ForwardAuth settings;
    private final Handler service;
    private final Consumers consumers;
    private final String path;
    private final String query;

    ForwardAuthCheck(ForwardAuth settings, Handler service, Consumers consumers) {
        this.settings = settings;
        this.service = service;
        this.consumers = consumers;
        int mark = settings.path().indexOf('?');
        path = mark < 0 ? settings.path() : settings.path().substring(0, mark);
        query = mark < 0 ? "" : settings.path().substring(mark + 1);
    }

    @Override
    public Proof check(Exchange exchange) {
        // what callers say of themselves in these is nobody's word
        settings.answerHeaders().forEach(exchange.headers()::remove);
        if (!shows(exchange)) {
            return Proof.ABSENT;
        }
        try (var answer = service.handle(question(exchange))) {
            if (answer.rejection() != null) {
                return UNAVAILABLE;
            }
            return switch (answer.status()) {
                case 401 -> unauthorized(answer);
                case 403 -> FORBIDDEN;
                default -> answer.status() / 100 == 2 ? proven(exchange, answer) : UNAVAILABLE;
            };
        }
    }

    /** Only that service can say who it is. */
    @Override
    public @Nullable Proof known(Exchange exchange) {
        return shows(exchange) ? null : Proof.ABSENT;
    }

    private boolean shows(Exchange exchange) {
        return settings.shown().stream().anyMatch(exchange.headers()::contains);
    }

    /** What the caller has to do next, only that service can say. */
    private static Proof unauthorized(Response answer) {
        var refusal = UNAUTHORIZED;
        for (var challenge : answer.headers().all("WWW-Authenticate")) {
            refusal = refusal.with("WWW-Authenticate", challenge);
        }
        return new Proof.Refused(refusal, "", true, true);
    }

    private Exchange question(Exchange exchange) {
        var headers = new Headers();
        for (var name : settings.shown()) {
            exchange.headers().all(name).forEach(value -> headers.add(name, value));
        }
        var asked = exchange.query();
        headers.set("X-Forwarded-Method", exchange.method());
        headers.set("X-Forwarded-Uri", asked == null ? exchange.path() : exchange.path() + "?" + asked);
        var question = new Exchange(
                exchange.id(),
                new RequestLine("GET", exchange.authority(), path, query.isEmpty() ? null : query),
                exchange.client(),
                headers,
                Body.empty(),
                Downstream.PLAIN);
        question.answerWithin(settings.timeout());
        exchange.whenAbandoned(question::abandon);
        return question;
    }

    private Proof proven(Exchange exchange, Response answer) {
        var named = settings.consumerHeader().isEmpty()
                ? ""
                : answer.headers()
                        .first(settings.consumerHeader())
                        .map(String::strip)
                        .orElse("");
        var consumer = consumers.has(named) ? named : settings.consumer();
        if (consumer.isEmpty()) {
            return NOBODY;
        }
        for (var name : settings.answerHeaders()) {
            List<String> values = answer.headers().all(name);
            values.forEach(value -> exchange.headers().add(name, value));
        }
        return new Proof.Proven(new Caller(consumer, "forward-auth"), () -> true);
    }

    @Override
    public void remove(Exchange exchange) {
        if (!settings.passOn()) {
            exchange.headers().remove("Authorization");
        }
    }

    @Override
    public String challenge() {
        return BearerField.CHALLENGE;
    }

    @Override
    public String wanted() {
        return "a credential in " + String.join(" or ", settings.shown());
    }
}
