package dev.gatehouse.console.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.model.QuotaGrant;
import dev.gatehouse.db.policy.Quota;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Batch;
import dev.gatehouse.db.quota.Every;
import dev.gatehouse.db.store.Database;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.QuotaLedger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotasViewTest extends AdminAtWork {

    private static final Quota MONTHLY = new Quota(1_000, Every.MONTH, "monthly");

    @BeforeEach
    void subscribe() {
        var shop = new Consumer("The shop.").withPlans("small");
        publish(
                new Edit.Put(
                        "small", new Plan("", List.of(), List.of(), List.of(), List.of(MONTHLY), List.of()), Edit.ANY),
                new Edit.Put("web-shop", shop, Edit.ANY),
                new Edit.Put("bank", shop, Edit.ANY));
        var account =
                new Account("monthly", "consumer:web-shop", MONTHLY.calendar().at(Instant.now()));
        try (var database = Database.open(access, 1)) {
            new QuotaLedger(database)
                    .add(new Batch(
                            "node",
                            UUID.randomUUID(),
                            1,
                            List.of(new Batch.Entry(account, 850, 1_000, 1_000, List.of()))));
        }
    }

    private List<QuotaGrant> bonuses() {
        return Objects.requireNonNull(configured().consumers().get("web-shop")).bonuses();
    }

    @SuppressWarnings("unchecked")
    private Grid<QuotaRow> grid() {
        return find(Grid.class).single();
    }

    private List<QuotaRow> rows() {
        return grid().getListDataView().getItems().toList();
    }

    @Test
    void showsWhoHasUsedHowMuchWhoeverHasUsedMostFirst() {
        open("quotas", QuotasView.class);
        eventually(() -> rows().size() == 2);

        assertThat(rows()).extracting(QuotaRow::subject).containsExactly("web-shop", "bank");
        assertThat(rows()).extracting(QuotaRow::word).containsExactly("85 % used", "0 % used");
        assertThat(rows().getFirst().used()).isEqualTo("850 of 1\u202f000");
        assertThat(rows().getFirst().books()).isEqualTo("only in the ledger");
    }

    @Test
    void showsTheLedgerWhileRedisIsAwayAndSaysSo() {
        redis.close();
        var view = open("quotas", QuotasView.class);

        eventually(() -> shows(view, "Redis does not answer; the ledger does"));
        assertThat(rows().getFirst().books()).isEqualTo("not known");
        assertThat(rows().getFirst().used()).isEqualTo("850 of 1\u202f000");
    }

    @Test
    void grantsABonusForTheRestOfThePeriodWithOneMoreClick() {
        open("quotas/monthly:consumer:web-shop", QuotasView.class);
        eventually(() -> shows(panel(), "850 of 1\u202f000"));

        press("Grant 100 more for this period");

        var end = MONTHLY.calendar().at(Instant.now()).end();
        assertThat(bonuses()).containsExactly(new QuotaGrant("monthly", 100, end.toString()));
        eventually(() -> shows(panel(), "1\u202f000 + 100 bonus"));
        press("Grant 100 more for this period");
        assertThat(bonuses()).containsExactly(new QuotaGrant("monthly", 200, end.toString()));
    }
}
