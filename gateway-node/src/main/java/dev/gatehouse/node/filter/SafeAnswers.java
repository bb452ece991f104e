package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.SecurityHeaders;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells browsers what to be careful with, in refusals too. */
final class SafeAnswers implements Filter {

    private static final FieldNames TELLTALE =
            FieldNames.of("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version");

    private final List<Headers.Field> fields = new ArrayList<>();
    private final @Nullable String hsts;
    private final boolean hideServer;
    private final boolean replace;

    SafeAnswers(SecurityHeaders settings) {
        hideServer = settings.hideServer();
        replace = settings.replace();
        hsts = settings.hsts().isZero()
                ? null
                : "max-age=" + settings.hsts().toSeconds() + (settings.hstsBeneath() ? "; includeSubDomains" : "");
        if (settings.noSniff()) {
            add("X-Content-Type-Options", "nosniff");
        }
        switch (settings.frames()) {
            case DENY -> add("X-Frame-Options", "DENY");
            case SAME_ORIGIN -> add("X-Frame-Options", "SAMEORIGIN");
            case ANY -> {}
        }
        add("Referrer-Policy", settings.referrerPolicy());
        add("Content-Security-Policy", settings.contentSecurityPolicy());
        add("Permissions-Policy", settings.permissionsPolicy());
    }

    private void add(String name, String value) {
        if (!value.isEmpty()) {
            fields.add(new Headers.Field(name, value));
        }
    }

    @Override
    public Response filter(Exchange exchange, Handler next) {
        var response = next.handle(exchange);
        var headers = response.headers();
        if (hideServer) {
            headers.remove(TELLTALE);
        }
        for (var field : fields) {
            say(headers, field.name(), field.value());
        }
        if (hsts != null && exchange.scheme().equals("https")) {
            say(headers, "Strict-Transport-Security", hsts);
        }
        return response;
    }

    private void say(Headers headers, String name, String value) {
        if (replace) {
            headers.set(name, value);
        } else if (!headers.contains(name)) {
            headers.add(name, value);
        }
    }
}
