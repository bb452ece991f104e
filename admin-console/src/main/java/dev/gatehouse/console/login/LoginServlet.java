package dev.gatehouse.console.login;

import com.vaadin.flow.server.auth.NavigationAccessControl;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the login form. A servlet of its own, since only a plain response can change the session's id. */
public final class LoginServlet extends HttpServlet {

    public static final String PATH = "auth/login";

    private static final Logger LOG = LoggerFactory.getLogger(LoginServlet.class);

    private final transient Accounts accounts;

    public LoginServlet(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var name = Objects.requireNonNullElse(request.getParameter("username"), "");
            var password = Objects.requireNonNullElse(request.getParameter("password"), "");
            switch (accounts.signIn(name.strip(), password, request.getRemoteAddr())) {
                case Outcome.Welcome(var user) -> welcome(request, response, user);
                case Outcome.Refused() -> redirect(response, "/login?" + LoginView.REFUSED);
                case Outcome.TooMany(var pause) -> later(response, 429, pause, LoginView.WAIT);
            }
        } catch (Passwords.Busy e) {
            later(response, 503, Duration.ofSeconds(2), LoginView.BUSY);
        } catch (RuntimeException e) {
            LOG.warn("Signing in failed: {}", e.toString());
            later(response, 503, Duration.ofSeconds(5), LoginView.AWAY);
        }
    }

    /** The session keeps what it has, under a new id: an id that somebody planted before is worth nothing now. */
    private static void welcome(HttpServletRequest request, HttpServletResponse response, SignedIn user)
            throws IOException {
        var session = request.getSession();
        request.changeSessionId();
        user.keepIn(session);
        redirect(response, "/" + (user.mustChange() ? PasswordView.PATH : wanted(session)));
    }

    private static String wanted(HttpSession session) {
        var wanted = session.getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
        session.removeAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
        return wanted instanceof String path && path.matches("[\\w-][\\w/.~=&?%-]*") ? path : "";
    }

    private static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }

    /** The status is for programs; a browser goes on to the login view, which says the same in words. */
    private static void later(HttpServletResponse response, int status, Duration pause, String why) throws IOException {
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        response.setStatus(status);
        response.setHeader("Retry-After", Long.toString(seconds));
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().print("""
                <!doctype html><html lang="en"><title>Gatehouse</title>\
                <meta http-equiv="refresh" content="0; url=/login?%s=%d"><p>Try again in %d s.</p>
                """.formatted(why, seconds, seconds));
    }
}
