package dev.gatehouse.console.login;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import dev.gatehouse.console.live.Figures;
import jakarta.annotation.security.PermitAll;

/** Replaces one's own password. After the first sign-in nothing else opens before. */
@Route(PasswordView.PATH)
@PageTitle("Change password")
@PermitAll
public final class PasswordView extends Main {

    static final String PATH = "password";

    private final Accounts accounts;
    private final Paragraph why = new Paragraph();
    private final PasswordField current = new PasswordField("Current password");
    private final PasswordField wanted = new PasswordField("New password");
    private final PasswordField again = new PasswordField("New password again");
    private final Button cancel = new Button("Cancel", _ -> leave());

    public PasswordView(Accounts accounts) {
        this.accounts = accounts;
        addClassName("door");
        current.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.CURRENT_PASSWORD);
        wanted.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        again.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.NEW_PASSWORD);
        wanted.setHelperText("At least " + Accounts.SHORTEST + " characters; a few unrelated words are easy to keep.");
        var save = new Button("Change password", _ -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER);
        save.setDisableOnClick(true);
        save.addClickListener(_ -> save.setEnabled(true));
        cancel.addThemeVariants(ButtonVariant.TERTIARY);
        var buttons = new Div(save, cancel);
        buttons.addClassName("buttons");
        var card = new Div(new H2("Change password"), why, current, wanted, again, buttons);
        card.addClassName("door-card");
        add(new H1("Gatehouse"), card);
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        var user = SignedIn.in(attached.getUI());
        why.setText(
                user.mustChange()
                        ? "You signed in with a generated password. Choose your own before you go on."
                        : "Your other sessions will be signed out.");
        current.setVisible(!user.mustChange());
        cancel.setVisible(!user.mustChange());
        (user.mustChange() ? wanted : current).focus();
    }

    private void save() {
        var ui = getUI().orElseThrow();
        var user = SignedIn.in(ui);
        if (!confirmed(user) || !acceptable(user)) {
            return;
        }
        accounts.replace(user, wanted.getValue()).keepIn(ui);
        leave();
    }

    private boolean confirmed(SignedIn user) {
        if (user.mustChange()) {
            return true;
        }
        var address = VaadinRequest.getCurrent().getRemoteAddr();
        return switch (accounts.check(user.name(), current.getValue(), address)) {
            case Outcome.Welcome _ -> accept(current);
            case Outcome.Refused() -> refuse(current, "This is not your current password.");
            case Outcome.TooMany(var pause) ->
                refuse(current, "Too many failed attempts; try again in " + Figures.age(pause) + ".");
        };
    }

    private boolean acceptable(SignedIn user) {
        var problem = accounts.problem(user, wanted.getValue());
        if (problem.isPresent()) {
            return refuse(wanted, problem.get());
        }
        accept(wanted);
        return wanted.getValue().equals(again.getValue()) ? accept(again) : refuse(again, "The two entries differ.");
    }

    private static boolean refuse(PasswordField field, String rule) {
        field.setErrorMessage(rule);
        field.setInvalid(true);
        field.focus();
        return false;
    }

    private static boolean accept(PasswordField field) {
        field.setInvalid(false);
        return true;
    }

    private void leave() {
        getUI().orElseThrow().navigate("");
    }
}
