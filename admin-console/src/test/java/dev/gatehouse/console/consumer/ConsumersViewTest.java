package dev.gatehouse.console.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.resilience.Priority;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsumersViewTest extends AdminAtWork {

    @Test
    void publishesAConsumer() {
        open("consumers?new", ConsumersView.class);
        type("Name", "web-shop");
        test(field(TextArea.class, "Description")).setValue("The shop.");

        press("Publish");

        assertThat(configured().consumers()).containsEntry("web-shop", new Consumer("The shop."));
    }

    @Test
    void refusesANameThatCannotStandInAnAddress() {
        open("consumers?new", ConsumersView.class);

        type("Name", "Web Shop");
        press("Publish");

        assertThat(problem("Name")).contains("must be 1 to 63 lower-case letters, digits and hyphens");
        assertThat(revision()).isZero();
    }

    @Test
    void leadsToItsKeysAndToANewOne() {
        publish(webShop(), key("production"));

        open("consumers/web-shop", ConsumersView.class);

        assertThat(find(Anchor.class, panel()).withText("production").exists()).isTrue();
        assertThat(find(Anchor.class, panel()).withText("Issue a key").single().getHref())
                .isEqualTo("keys?new&consumer=web-shop");
    }

    @Test
    void asksForTheNameBeforeKeysAreLostForGood() {
        publish(webShop(), key("production"));
        open("consumers/web-shop", ConsumersView.class);

        press("Delete");

        assertThat(shows(question(), "Its 1 key (production) will be revoked")).isTrue();
        assertThat(button("Delete consumer").isEnabled()).isFalse();
        test(find(TextField.class, question()).single()).setValue("web-shop");
        press("Delete consumer");
        assertThat(configured().consumers()).isEmpty();
        assertThat(console.keys().list(KeyQuery.ALL, 0, 100).getFirst().revokedAt())
                .isPresent();
    }

    @Test
    void showsGroupsTagsOwnerAndHowItCalls() {
        publish(
                new Edit.Put(
                        "web-shop",
                        new Consumer(
                                "The shop.",
                                List.of("partners"),
                                List.of("pilot"),
                                "Ann, ann@example.com",
                                List.of(),
                                List.of(),
                                Priority.NORMAL,
                                List.of(),
                                ""),
                        Edit.ANY),
                new Edit.Put("bank", new Consumer(""), Edit.ANY),
                key("production"));
        console.keyCalls()
                .add(
                        Instant.now(),
                        List.of(new KeyCalls.Calls(
                                "12345678", "web-shop", 1_204, Instant.now(), "192.0.2.7", List.of("192.0.2.7"))));
        open("consumers?group=partners", ConsumersView.class);
        assertThat(rows())
                .extracting(ConsumerRow::name, ConsumerRow::tags, ConsumerRow::today)
                .containsExactly(tuple("web-shop", "pilot", "1\u202f204"));

        open("consumers/web-shop", ConsumersView.class);
        assertThat(shows(panel(), "1\u202f204 calls, counted from midnight UTC"))
                .isTrue();
        press("Delete");
        assertThat(shows(question(), "1\u202f204 times today")).isTrue();
    }

    @SuppressWarnings("unchecked")
    private List<ConsumerRow> rows() {
        var grid = (Grid<ConsumerRow>) find(Grid.class).single();
        return grid.getGenericDataView().getItems().toList();
    }

    private Edit key(String name) {
        return KeyStore.edit(KeyText.create("test"), console.peppers().newest(), "web-shop", name, Optional.empty());
    }
}
