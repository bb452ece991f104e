package dev.gatehouse.console.login;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells Vaadin who is signed in, and ends sessions whose password was changed elsewhere. */
public final class SignInFilter extends HttpFilter {

    private final transient Accounts accounts;

    public SignInFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var session = Optional.ofNullable(request.getSession(false));
        var user = session.flatMap(SignedIn::in);
        if (user.filter(accounts::outdated).isPresent()) {
            session.get().invalidate();
            user = Optional.empty();
        }
        chain.doFilter(
                user.<HttpServletRequest>map(known -> new Known(request, known)).orElse(request), response);
    }

    private static final class Known extends HttpServletRequestWrapper {

        private final SignedIn user;

        Known(HttpServletRequest request, SignedIn user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }

        @Override
        public String getRemoteUser() {
            return user.name();
        }

        @Override
        public boolean isUserInRole(@Nullable String role) {
            return false; // there is one kind of console user so far
        }
    }
}
