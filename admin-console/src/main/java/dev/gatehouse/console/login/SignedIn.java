package dev.gatehouse.console.login;

import com.vaadin.flow.component.UI;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * Who came in; kept in the session.
 *
 * @param mustChange true until the first password has been replaced: nothing else is open before
 * @param since when the password was checked
 */
public record SignedIn(String name, boolean mustChange, Instant since) implements Principal, Serializable {

    private static final String ATTRIBUTE = "gatehouse.signed-in";

    @Override
    public String getName() {
        return name;
    }

    /** @throws IllegalStateException when nobody is signed in; views behind the login need not fear that */
    public static SignedIn in(UI ui) {
        return find(ui).orElseThrow(() -> new IllegalStateException("Nobody is signed in."));
    }

    static Optional<SignedIn> find(UI ui) {
        return Optional.ofNullable((SignedIn) ui.getSession().getSession().getAttribute(ATTRIBUTE));
    }

    static Optional<SignedIn> in(HttpSession session) {
        return Optional.ofNullable((SignedIn) session.getAttribute(ATTRIBUTE));
    }

    void keepIn(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** In the session of a browser that shows a view. */
    void keepIn(UI ui) {
        ui.getSession().getSession().setAttribute(ATTRIBUTE, this);
    }
}
