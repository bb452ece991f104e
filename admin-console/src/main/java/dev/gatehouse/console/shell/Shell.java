package dev.gatehouse.console.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/** What every page has: theme, stylesheet, and a socket over which it is kept up to date. */
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://gatehouse/console.css")
@StyleSheet("context://gatehouse/views.css")
@Push(transport = Transport.WEBSOCKET_XHR)
public final class Shell implements AppShellConfigurator {

    /** Light or dark is the browser's own business: kept there, and set before anything is drawn. */
    private static final String THEME = """
            (() => {
              const root = document.documentElement;
              const dark = matchMedia('(prefers-color-scheme: dark)');
              const chosen = () => localStorage.getItem('gatehouse-theme') ?? (dark.matches ? 'dark' : 'light');
              const apply = () => {
                root.style.colorScheme = chosen();
                root.dataset.theme = chosen();
                dispatchEvent(new Event('gatehouse-theme'));
              };
              window.gatehouseToggleTheme = () => {
                localStorage.setItem('gatehouse-theme', chosen() === 'dark' ? 'light' : 'dark');
                apply();
              };
              dark.addEventListener('change', apply);
              apply();
            })();
            """;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setViewport("width=device-width, initial-scale=1");
        settings.addInlineWithContents(Inline.Position.PREPEND, THEME, Inline.Wrapping.JAVASCRIPT);
        settings.addLink("icon", "gatehouse/mark.svg");
        settings.addMetaTag("description", "Gatehouse console");
    }
}
