package dev.gatehouse.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import dev.gatehouse.console.login.LogoutServlet;
import dev.gatehouse.console.login.SignedIn;

/** What a person may do with their own account. */
final class UserMenu extends MenuBar {

    UserMenu(UI ui) {
        var name = SignedIn.in(ui).name();
        addThemeVariants(MenuBarVariant.TERTIARY);
        addClassName("user-menu");
        var text = new Span(name);
        text.addClassName("wide-only");
        var root = addItem(Glyph.PERSON.create());
        root.add(text);
        root.setAriaLabel("Account of " + name);
        root.getSubMenu().addItem("Change password", _ -> ui.navigate("password"));
        root.getSubMenu().addItem("Sign out", _ -> signOut(ui));
    }

    /** A form of its own: the response must end the session and lead to another page in one go. */
    private static void signOut(UI ui) {
        ui.getPage().executeJs("""
                const form = document.createElement('form');
                form.method = 'post';
                form.action = $0;
                document.body.append(form);
                form.submit();
                """, LogoutServlet.PATH);
    }
}
