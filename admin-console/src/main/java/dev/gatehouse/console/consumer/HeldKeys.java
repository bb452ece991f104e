package dev.gatehouse.console.consumer;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Figures;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.store.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The keys of the one consumer that is looked at. */
record HeldKeys(KeyStore keys) {

    private static final int SHOWN = 20;
    private static final int NAMED = 5;

    Component shown(ConsumerRow row) {
        var section = Panel.section("Keys");
        var held = keys.of(row.name(), SHOWN);
        for (var key : held) {
            var line = new Div(Cells.link("keys/" + key.id(), key.name()), Cells.exact(key.id()));
            line.addClassName("line");
            section.add(line);
        }
        if (held.size() == SHOWN) {
            section.add(Cells.link("keys?consumer=" + row.name(), "All its keys"));
        }
        section.add(Cells.link("keys?new&consumer=" + row.name(), "Issue a key"));
        return section;
    }

    static Component usage(ConsumerRow row) {
        return Panel.section(
                "Usage",
                Panel.fact("Last minute", new Span(row.lastMinute() + " calls")),
                Panel.fact("Today", new Span(row.today() + " calls, counted from midnight UTC")),
                Cells.link("limits?consumer=" + row.name(), "What it has left of its limits"));
    }

    Impact impact(ConsumerRow row) {
        var held = keys.of(row.name(), NAMED);
        if (held.isEmpty()) {
            return Impact.only("It holds no key, so no request is affected.");
        }
        int count = keys.held(List.of(row.name())).getOrDefault(row.name(), 0);
        var sentences = new ArrayList<String>();
        row.usage()
                .filter(usage -> usage.today() > 0)
                .ifPresent(usage -> sentences.add("It called " + Figures.count(usage.lastMinute())
                        + " times in the last minute and " + Figures.count(usage.today()) + " times today."));
        sentences.add("Its " + (count == 1 ? "1 key" : Figures.count(count) + " keys") + " ("
                + held.stream().map(ApiKey::name).distinct().collect(Collectors.joining(", "))
                + (count > held.size() ? " …" : "")
                + ") will be revoked: every node refuses them within about 2 seconds.");
        sentences.add("A consumer comes back without its keys.");
        return new Impact(sentences, List.of(), true);
    }
}
