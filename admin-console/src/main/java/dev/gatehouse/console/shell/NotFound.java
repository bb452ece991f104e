package dev.gatehouse.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import jakarta.servlet.http.HttpServletResponse;

/** An address that leads nowhere. It stands alone, so that it tells a stranger nothing of what is inside. */
@PageTitle("Not found")
@AnonymousAllowed
public final class NotFound extends Div implements HasErrorParameter<NotFoundException> {

    public NotFound() {
        addClassName("door");
        var card = new Div(
                new H2("There is nothing at this address"),
                new Paragraph("It may have been deleted, or the link is mistyped."),
                new Anchor("/", "Open the dashboard"));
        card.addClassName("door-card");
        add(card);
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
