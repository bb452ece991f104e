package dev.gatehouse.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.textfield.PasswordField;
import dev.gatehouse.console.ViewTest;
import dev.gatehouse.console.dashboard.DashboardView;
import org.junit.jupiter.api.Test;

class PasswordViewTest extends ViewTest {

    private static final String NEW = "three unrelated words";

    private final String first = console.accounts().createFirst().orElseThrow();

    @Test
    void isTheOnlyViewUntilTheFirstPasswordHasBeenReplaced() {
        signIn("admin", true);
        UI.getCurrent().navigate("");

        assertThat(getCurrentView()).isInstanceOf(PasswordView.class);
    }

    @Test
    void replacesTheFirstPasswordAndOpensTheDashboard() {
        signIn("admin", true);
        navigate(PasswordView.class);
        fill("New password", NEW);
        fill("New password again", NEW);
        save();

        assertThat(getCurrentView()).isInstanceOf(DashboardView.class);
        assertThat(console.accounts().signIn("admin", NEW, "10.0.0.1")).isInstanceOf(Outcome.Welcome.class);
    }

    @Test
    void tellsTheBrokenRuleBesideTheField() {
        signIn("admin", true);
        navigate(PasswordView.class);
        fill("New password", "too short");
        save();

        assertThat(field("New password").isInvalid()).isTrue();
        assertThat(field("New password").getErrorMessage()).isEqualTo("At least 12 characters.");
    }

    @Test
    void refusesTheOldPasswordAsTheNewOne() {
        signIn("admin", true);
        navigate(PasswordView.class);
        fill("New password", first);
        fill("New password again", first);
        save();

        assertThat(field("New password").getErrorMessage())
                .isEqualTo("This is the password you have now; choose another one.");
    }

    @Test
    void wantsTheNewPasswordTwice() {
        signIn("admin", true);
        navigate(PasswordView.class);
        fill("New password", NEW);
        fill("New password again", "something else altogether");
        save();

        assertThat(field("New password again").getErrorMessage()).isEqualTo("The two entries differ.");
    }

    @Test
    void asksForTheCurrentPasswordOfWhoeverComesLater() {
        signIn("admin", false);
        navigate(PasswordView.class);
        fill("Current password", "not this one");
        fill("New password", NEW);
        fill("New password again", NEW);
        save();

        assertThat(field("Current password").getErrorMessage()).isEqualTo("This is not your current password.");
        fill("Current password", first);
        save();
        assertThat(getCurrentView()).isInstanceOf(DashboardView.class);
    }

    private PasswordField field(String label) {
        return find(PasswordField.class)
                .withCondition(field -> field.getLabel().equals(label))
                .single();
    }

    private void fill(String label, String text) {
        test(field(label)).setValue(text);
    }

    private void save() {
        test(find(Button.class).withText("Change password").single()).click();
    }
}
