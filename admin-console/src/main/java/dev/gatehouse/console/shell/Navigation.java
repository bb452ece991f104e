package dev.gatehouse.console.shell;

import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.RouteConfiguration;
import java.util.List;

/** Four groups by what one wants to do. An entry appears as soon as its view exists. */
final class Navigation extends Nav {

    private record Entry(String label, String path, Glyph glyph) {

        boolean exists() {
            return RouteConfiguration.forApplicationScope().getRoute(path).isPresent();
        }

        SideNavItem item() {
            var item = new SideNavItem(label, path, glyph.create());
            item.setMatchNested(!path.isEmpty());
            return item;
        }
    }

    Navigation() {
        addClassName("navigation");
        getElement().setAttribute("aria-label", "Main");
        group(
                "Live",
                new Entry("Dashboard", "", Glyph.DASHBOARD),
                new Entry("Limits", "limits", Glyph.LIMITS),
                new Entry("Quotas", "quotas", Glyph.QUOTAS));
        group(
                "Configure",
                new Entry("Services", "services", Glyph.SERVICES),
                new Entry("Routes", "routes", Glyph.ROUTES),
                new Entry("APIs", "apis", Glyph.APIS),
                new Entry("Certificates", "certificates", Glyph.CERTIFICATES));
        group(
                "Access",
                new Entry("Consumers", "consumers", Glyph.CONSUMERS),
                new Entry("Keys", "keys", Glyph.KEYS),
                new Entry("Logins", "logins", Glyph.LOGINS),
                new Entry("Issuers", "issuers", Glyph.ISSUERS),
                new Entry("Plans", "plans", Glyph.PLANS),
                new Entry("Signing keys", "signing-keys", Glyph.SIGNING),
                new Entry("Client types", "client-types", Glyph.CLIENTS));
        group(
                "Operate",
                new Entry("Nodes", "nodes", Glyph.NODES),
                new Entry("Webhooks", "webhooks", Glyph.WEBHOOKS),
                new Entry("Revisions", "revisions", Glyph.REVISIONS));
    }

    private void group(String label, Entry... entries) {
        var items =
                List.of(entries).stream().filter(Entry::exists).map(Entry::item).toArray(SideNavItem[]::new);
        if (items.length > 0) {
            var group = new SideNav(label);
            group.addItem(items);
            add(group);
        }
    }
}
