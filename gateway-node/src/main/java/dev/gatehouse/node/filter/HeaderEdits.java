package dev.gatehouse.node.filter;

import dev.gatehouse.db.policy.HeaderValue;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.FieldNames;
import dev.gatehouse.node.exchange.Filter;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.template.ValueTemplate;
import java.util.List;

/** Removes, sets and appends headers, in this order. */
final class HeaderEdits {

    private record Edit(String name, ValueTemplate value) {}

    private final FieldNames remove;
    private final List<Edit> set;
    private final List<Edit> append;

    HeaderEdits(List<HeaderValue> set, List<HeaderValue> append, List<String> remove) {
        this.remove = FieldNames.of(remove.toArray(String[]::new));
        this.set = compiled(set);
        this.append = compiled(append);
    }

    private static List<Edit> compiled(List<HeaderValue> headers) {
        return headers.stream()
                .map(header -> new Edit(header.name(), ValueTemplate.of(header.value())))
                .toList();
    }

    /** Of what the service gets. */
    Filter ofRequests() {
        return (exchange, next) -> {
            apply(exchange.headers(), exchange);
            return next.handle(exchange);
        };
    }

    /** Of what the client gets. */
    Filter ofResponses() {
        return (exchange, next) -> {
            var response = next.handle(exchange);
            apply(response.headers(), exchange);
            return response;
        };
    }

    private void apply(Headers headers, Exchange exchange) {
        headers.remove(remove);
        for (var edit : set) {
            headers.set(edit.name, edit.value.fill(exchange));
        }
        for (var edit : append) {
            headers.add(edit.name, edit.value.fill(exchange));
        }
    }
}
