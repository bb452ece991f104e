package dev.gatehouse.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.shared.Tooltip;
import com.vaadin.flow.router.RouteConfiguration;
import dev.gatehouse.console.live.Convergence;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import java.util.Locale;

/** "Is my change live?", always in sight. */
final class ConvergencePill extends Anchor {

    private final Span text = new Span();
    private final Span brief = new Span();
    private final Tooltip reason = Tooltip.forComponent(this);

    ConvergencePill(Poller<Fleet> fleet) {
        addClassNames("state", "pill");
        text.addClassName("wide-only");
        brief.addClassName("narrow-only");
        add(text, brief);
        if (RouteConfiguration.forApplicationScope().getRoute("nodes").isPresent()) {
            setHref("nodes");
        }
        fleet.bind(this, reading -> show(Convergence.of(reading)));
    }

    private void show(Convergence convergence) {
        text.setText(convergence.text());
        brief.setText(convergence.brief());
        reason.setText(convergence.reason());
        getElement().setAttribute("data-level", convergence.level().name().toLowerCase(Locale.ROOT));
        getElement().setAttribute("aria-label", convergence.text() + ". " + convergence.reason());
    }
}
