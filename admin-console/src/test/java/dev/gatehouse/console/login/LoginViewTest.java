package dev.gatehouse.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import dev.gatehouse.console.ViewTest;
import org.junit.jupiter.api.Test;

class LoginViewTest extends ViewTest {

    @Test
    void standsBeforeEveryViewAndRemembersWhichOneWasWanted() {
        UI.getCurrent().navigate("");

        assertThat(getCurrentView()).isInstanceOf(LoginView.class);
        assertThat(VaadinSession.getCurrent()
                        .getSession()
                        .getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT))
                .isEqualTo("");
    }

    @Test
    void saysThatNameOrPasswordIsWrongWithoutSayingWhich() {
        UI.getCurrent().navigate("login", QueryParameters.of("refused", ""));

        assertThat(find(LoginForm.class).single().isError()).isTrue();
    }

    @Test
    void sendsItsFormToTheServlet() {
        navigate(LoginView.class);

        assertThat(find(LoginForm.class).single().getAction()).isEqualTo("auth/login");
        assertThat(find(LoginForm.class).single().isError()).isFalse();
    }
}
