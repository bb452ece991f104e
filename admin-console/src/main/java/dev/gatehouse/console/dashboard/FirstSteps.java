package dev.gatehouse.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.RouteConfiguration;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.db.model.Route;
import java.net.URI;

/** From nothing to the first request in four steps; the last one turns green when the request arrives. */
final class FirstSteps extends Div {

    private final URI gateway;
    private final Step service = new Step("Point to a service", "Tell the gateway where your API answers.");
    private final Step route = new Step("Publish a route", "Say which requests go to it. Publishing takes a second.");
    private final Step key =
            new Step("Issue a key", "A caller without a valid key is refused, unless the route is public.");
    private final Step call = new Step("Call it", "Waiting for the first request.");
    private final Code curl = new Code();
    private final Button done = new Button("Open the dashboard");

    /** @param leave when the person wants to see the dashboard instead */
    FirstSteps(URI gateway, Runnable leave) {
        this.gateway = gateway;
        addClassName("first-steps");
        action(service, "Add a service", "services");
        action(route, "Add a route", "routes");
        action(key, "Issue a key", "keys");
        curl.addClassName("code");
        call.add(curl);
        done.addClickListener(_ -> leave.run());
        var steps = new OrderedList(service, route, key, call);
        var file = new Paragraph("Prefer a file? deploy/gatehouse apply FILE.yaml does all of this at once.");
        file.addClassName("secondary");
        add(new H2("From nothing to the first request"), steps, done, file);
    }

    private static void action(Step step, String text, String path) {
        if (RouteConfiguration.forApplicationScope().getRoute(path).isPresent()) {
            step.action(new Anchor(path, text));
        }
    }

    /** Are a service, a route and, where one is needed, a key there? */
    static boolean configured(Fleet fleet) {
        var snapshot = fleet.configuration().snapshot();
        return !snapshot.services().isEmpty() && !snapshot.routes().isEmpty() && keyed(fleet);
    }

    private static boolean keyed(Fleet fleet) {
        return fleet.keyed()
                || fleet.configuration().snapshot().routes().values().stream().anyMatch(Route::isPublic);
    }

    void show(Fleet fleet, boolean called) {
        var snapshot = fleet.configuration().snapshot();
        service.done(!snapshot.services().isEmpty());
        route.done(!snapshot.routes().isEmpty());
        key.done(keyed(fleet));
        call.done(called);
        call.text(called ? "The first request has arrived." : "Waiting for the first request.");
        curl.setText(curl(snapshot.routes().values().stream().findFirst().orElse(null)));
        done.setVisible(configured(fleet));
        done.removeThemeVariants(ButtonVariant.PRIMARY);
        if (called) {
            done.addThemeVariants(ButtonVariant.PRIMARY);
        }
    }

    private String curl(@org.jspecify.annotations.Nullable Route first) {
        var path = first == null ? "/…" : first.match().pattern().example();
        var header = first != null && first.isPublic() ? "" : " -H 'X-API-Key: YOUR-KEY'";
        return "curl -i" + header + " " + gateway + path;
    }

    /** Whether it is done is told by a mark and in words, not by colour alone. */
    private static final class Step extends com.vaadin.flow.component.html.ListItem {

        private final Div mark = new Div();
        private final Paragraph text = new Paragraph();
        private final Div body = new Div();
        private final Div action = new Div();

        Step(String title, String text) {
            addClassName("step");
            mark.addClassName("step-mark");
            body.addClassName("step-body");
            action.addClassName("step-action");
            this.text.setText(text);
            body.add(new com.vaadin.flow.component.html.H3(title), this.text);
            super.add(mark, body, action);
            done(false);
        }

        void add(Component component) {
            body.add(component);
        }

        void action(Component component) {
            action.add(component);
        }

        void text(String sentence) {
            text.setText(sentence);
        }

        void done(boolean isDone) {
            getElement().setAttribute("data-done", isDone);
            mark.getElement().setAttribute("role", "img").setAttribute("aria-label", isDone ? "done" : "to do");
            action.setVisible(!isDone);
        }
    }
}
