package dev.gatehouse.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nobody foresaw is told to whoever clicked, and written to the log. */
public final class Mishaps implements VaadinServiceInitListener {

    private static final Logger LOG = LoggerFactory.getLogger(Mishaps.class);
    private static final int SHOWN_MILLIS = 8_000;

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(Mishaps::tell));
    }

    private static void tell(ErrorEvent event) {
        if (event.getThrowable() instanceof IOException) {
            LOG.debug("A browser went away in the middle of an answer", event.getThrowable());
            return;
        }
        LOG.error("A view failed", event.getThrowable());
        if (UI.getCurrent() != null) {
            var card = Notification.show(
                    "That did not work. The reason is in the console's log.",
                    SHOWN_MILLIS,
                    Notification.Position.BOTTOM_END);
            card.addThemeVariants(NotificationVariant.ERROR);
        }
    }
}
