package dev.gatehouse.console.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
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
        assertThat(console.keys().all().getFirst().revokedAt()).isPresent();
    }

    private Edit key(String name) {
        return KeyStore.edit(KeyText.create("test"), console.pepper(), "web-shop", name, Optional.empty());
    }
}
