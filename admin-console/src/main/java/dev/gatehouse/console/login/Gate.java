package dev.gatehouse.console.login;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.auth.NavigationAccessControl;

/** No view opens without a login, and none but the password view while the first password stands. */
public final class Gate implements VaadinServiceInitListener {

    @Override
    public void serviceInit(ServiceInitEvent event) {
        var access = new NavigationAccessControl();
        access.setLoginView(LoginView.class);
        event.getSource().addUIInitListener(init -> {
            init.getUI().addBeforeEnterListener(access);
            init.getUI().addBeforeEnterListener(Gate::passwordFirst);
        });
    }

    private static void passwordFirst(BeforeEnterEvent event) {
        boolean mustChange =
                SignedIn.find(event.getUI()).map(SignedIn::mustChange).orElse(false);
        if (mustChange && event.getNavigationTarget() != PasswordView.class) {
            event.forwardTo(PasswordView.class);
        }
    }
}
