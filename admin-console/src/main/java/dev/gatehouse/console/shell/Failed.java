package dev.gatehouse.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A view that could not be opened. */
@PageTitle("Failed")
@AnonymousAllowed
public final class Failed extends Div implements HasErrorParameter<Exception> {

    private static final Logger LOG = LoggerFactory.getLogger(Failed.class);

    public Failed() {
        addClassName("door");
        var again = new Anchor("", "Try again");
        again.setRouterIgnore(true);
        again.getElement().executeJs("this.href = location.href");
        var card = new Div(
                new H2("This page could not be opened"),
                new Paragraph("The reason is in the console's log; often the database does not answer."),
                again);
        card.addClassName("door-card");
        add(card);
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        LOG.warn("{} could not be opened", event.getLocation().getPath(), parameter.getException());
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
