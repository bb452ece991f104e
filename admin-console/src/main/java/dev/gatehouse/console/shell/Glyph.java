package dev.gatehouse.console.shell;

import com.vaadin.flow.component.icon.SvgIcon;
import java.util.Locale;

/** Our icons: symbols of {@code icons.svg} under their lower-case names. */
public enum Glyph {
    DASHBOARD,
    LIMITS,
    SERVICES,
    ROUTES,
    APIS,
    CERTIFICATES,
    CONSUMERS,
    KEYS,
    LOGINS,
    ISSUERS,
    PLANS,
    SIGNING,
    CLIENTS,
    QUOTAS,
    WEBHOOKS,
    NODES,
    REVISIONS,
    THEME,
    PERSON,
    CHECK,
    COPY,
    WARNING,
    INFO;

    /** Decoration only: whoever uses it beside no text names it. */
    public SvgIcon create() {
        var icon = new SvgIcon("gatehouse/icons.svg", name().toLowerCase(Locale.ROOT));
        icon.getElement().setAttribute("aria-hidden", "true");
        return icon;
    }
}
