package dev.gatehouse.console.plan;

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
import dev.gatehouse.db.model.Kind;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Plans: how much consumers may. */
@Route(value = "plans/:name?", layout = MainLayout.class)
@PageTitle("Plans")
@PermitAll
public final class PlansView extends EntityView<PlanRow> {

    private static final int NAMED = 5;

    public PlansView(Publisher publisher) {
        super(
                Kind.PLAN,
                publisher,
                "A plan is a bundle of limits and quotas, such as 100 requests a second and a million a month. Consumers subscribe to plans; any of them can have other numbers for a time.",
                "Create the first plan");
        search(row -> String.join(" ", row.name(), row.entity().description()));

        Cells.text(list().grid(), "Limits", PlanRow::limits).setFlexGrow(2);
        Cells.text(list().grid(), "Where", PlanRow::where);
        Cells.text(list().grid(), "Subscribers", PlanRow::subscribed);
        list().card(row -> card(
                row, Cells.secondary(row.limits()), Cells.secondary(row.where()), Cells.secondary(row.subscribed())));
    }

    @Override
    public List<PlanRow> items(Fleet fleet) {
        return PlanRow.of(fleet.configuration());
    }

    @Override
    protected Impact impact(PlanRow row) {
        return row.impact();
    }

    @Override
    protected List<Component> above(PlanRow row) {
        return List.of(affected(row));
    }

    /** Who meets other limits as soon as this is published. */
    private static Component affected(PlanRow row) {
        var section = Panel.section("Who is affected");
        var subscribers = row.subscribers();
        section.add(new Paragraph(
                subscribers.isEmpty()
                        ? "Nobody subscribes to it: publishing a change affects no request."
                        : "A change holds within two seconds for "
                                + (subscribers.size() == 1 ? "this consumer" : "these " + row.subscribed())
                                + ", in the window that runs. No count begins anew."));
        subscribers.stream()
                .limit(NAMED)
                .forEach(consumer -> section.add(Cells.link("consumers/" + consumer, consumer)));
        if (subscribers.size() > NAMED) {
            section.add(Cells.secondary("and " + (subscribers.size() - NAMED) + " more"));
        }
        return section;
    }
}
