package dev.gatehouse.console.shell;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.router.PageTitle;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import jakarta.annotation.security.PermitAll;

/** Stands around every view: {@code @Route(value = "…", layout = MainLayout.class)}. A view's {@code @PageTitle} is its heading. */
@PermitAll
public final class MainLayout extends AppLayout {

    private final H1 title = new H1();

    public MainLayout(Poller<Fleet> fleet) {
        setPrimarySection(Section.DRAWER);
        addToDrawer(brand(), new Scroller(new Navigation()));
        addToNavbar(bar(fleet));
    }

    private static Header brand() {
        var mark = new Image("gatehouse/mark.svg", "");
        var home = new Anchor("", mark, new Span("Gatehouse"));
        home.addClassName("brand");
        return new Header(home);
    }

    private Div bar(Poller<Fleet> fleet) {
        var toggle = new DrawerToggle();
        toggle.setAriaLabel("Navigation");
        var theme = new Button(Glyph.THEME.create());
        theme.addThemeVariants(ButtonVariant.TERTIARY);
        theme.setAriaLabel("Light or dark");
        theme.setTooltipText("Light or dark");
        theme.getElement().executeJs("this.addEventListener('click', () => window.gatehouseToggleTheme())");
        var space = new Span();
        space.addClassName("space");
        var bar =
                new Div(toggle, title, space, new ConvergencePill(fleet), theme, new UserMenu(UI.getCurrentOrThrow()));
        bar.addClassName("bar");
        return bar;
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        super.showRouterLayoutContent(content);
        var heading = content.getClass().getAnnotation(PageTitle.class);
        title.setText(heading == null ? "" : heading.value());
    }
}
