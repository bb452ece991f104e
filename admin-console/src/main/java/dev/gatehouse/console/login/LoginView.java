package dev.gatehouse.console.login;

import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.gatehouse.console.live.Figures;
import java.time.Duration;

/** Asks for name and password. */
@Route("login")
@PageTitle("Sign in")
@AnonymousAllowed
public final class LoginView extends Main implements BeforeEnterObserver {

    static final String REFUSED = "refused";
    static final String WAIT = "wait";
    static final String BUSY = "busy";
    static final String AWAY = "away";

    private final LoginForm form = new LoginForm();

    public LoginView() {
        addClassName("door");
        form.setAction(LoginServlet.PATH);
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(texts("", ""));
        add(new H1("Gatehouse"), form);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (SignedIn.find(event.getUI()).isPresent()) {
            event.forwardTo("");
            return;
        }
        var location = event.getLocation();
        if (has(location, REFUSED)) {
            fail("Name or password is wrong", "Check both and try again.");
        } else if (has(location, WAIT)) {
            fail("Too many failed attempts", "Try again in " + Figures.age(roundedUp(wait(location))) + ".");
        } else if (has(location, BUSY)) {
            fail("Too many people are signing in", "Try again in a moment.");
        } else if (has(location, AWAY)) {
            fail("The database does not answer", "Nobody can sign in until it does. Try again in a moment.");
        }
    }

    private static boolean has(Location location, String parameter) {
        return location.getQueryParameters().getSingleParameter(parameter).isPresent();
    }

    /** At most what the limit can ask for: the address bar is no place to be believed. */
    private static Duration wait(Location location) {
        return location.getQueryParameters()
                .getSingleParameter(WAIT)
                .filter(seconds -> seconds.matches("\\d{1,3}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Attempts.SPAN);
    }

    /** Whoever comes back after what they were told must not be too early. */
    private static Duration roundedUp(Duration wait) {
        return wait.toSeconds() < 60 ? wait : Duration.ofMinutes((wait.toSeconds() + 59) / 60);
    }

    private void fail(String title, String message) {
        form.setI18n(texts(title, message));
        form.setError(true);
    }

    private static LoginI18n texts(String title, String message) {
        var texts = LoginI18n.createDefault();
        texts.getForm().setTitle("Sign in");
        texts.getForm().setUsername("Name");
        texts.getForm().setSubmit("Sign in");
        texts.getErrorMessage().setTitle(title);
        texts.getErrorMessage().setMessage(message);
        return texts;
    }
}
