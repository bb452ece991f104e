package dev.gatehouse.console.api;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.gatehouse.console.entity.EntityView;
import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.listing.Panel;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.publish.Publisher;
import dev.gatehouse.console.shell.MainLayout;
import dev.gatehouse.db.live.VersionCalls;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Kind;
import jakarta.annotation.security.PermitAll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisException;

/** APIs: their versions, and who calls them. */
@Route(value = "apis/:name?", layout = MainLayout.class)
@PageTitle("APIs")
@PermitAll
public final class ApisView extends EntityView<ApiRow> {

    private final VersionCalls calls;

    public ApisView(Publisher publisher, VersionCalls calls) {
        super(
                Kind.API,
                publisher,
                "An API in versions says how requests name a version, which versions there are, and what becomes of the old ones. Its routes may share their paths and differ by version.",
                "Create the first API");
        this.calls = calls;
        search(ApiRow::searched);

        Cells.text(list().grid(), "Versions", ApiRow::versions);
        Cells.exact(list().grid(), "Named by", ApiRow::namedBy);
        Cells.text(list().grid(), "Routes", ApiRow::usedBy);
        list().card(row ->
                card(row, Cells.exact(row.versions()), Cells.secondary(row.namedBy()), Cells.secondary(row.usedBy())));
    }

    @Override
    public List<ApiRow> items(Fleet known) {
        return ApiRow.of(known.configuration());
    }

    @Override
    protected Impact impact(ApiRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> beneath(ApiRow row) {
        var sections = new ArrayList<Component>();
        var now = publisher().fleet().current().asked();
        for (var version : row.entity().versions()) {
            sections.add(Panel.section(
                    "Who calls " + version.name(),
                    Cells.state(ApiRow.level(version, now), ApiRow.word(version, now)),
                    callers(row.name(), version, now)));
        }
        sections.add(routes("Routes", row.routes()));
        return sections;
    }

    /** Asked when the panel is opened and when the configuration is another one, not each second. */
    private Component callers(String api, ApiVersion version, Instant now) {
        try {
            return new Callers(version.name(), calls.of(api, version.name(), now));
        } catch (JedisException e) {
            return new Paragraph("Redis does not answer, so it is not known who calls it.");
        }
    }
}
