package dev.gatehouse.console.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysViewTest extends AdminAtWork {

    @Test
    void showsANewKeyOnceWithACallThatUsesIt() {
        publish(users(), route("users-api", "/api/users/**"), webShop());
        open("keys?new&consumer=web-shop", KeysView.class);
        type("Name", "production");

        press("Issue key");

        var text = shown();
        var key = KeyText.read(text).orElseThrow();
        var stored = console.keys().since(0).changed().getFirst();
        assertThat(stored.hash()).isEqualTo(console.pepper().hash(key));
        var uses = find(TabSheet.class).single();
        uses.setSelectedIndex(1);
        assertThat(shown()).isEqualTo("curl -i -H 'X-API-Key: " + text + "' '" + console.gateway() + "/api/users'");
        uses.setSelectedIndex(2);
        assertThat(shown()).isEqualTo("API_URL=" + console.gateway() + "\nAPI_KEY=" + text);

        press("I have stored the key");

        assertThat(find(IssuedDialog.class).exists()).isFalse();
        assertThat(shows(panel(), "production")).isTrue();
        assertThat(shows(panel(), text)).isFalse();
    }

    @Test
    void refusesASecondKeyOfTheSameNameBesideTheField() {
        publish(webShop(), key("production", Optional.empty()));
        open("keys?new&consumer=web-shop", KeysView.class);
        type("Name", "production");

        press("Issue key");

        assertThat(problem("Name")).contains("already has a key named 'production'");
        assertThat(field(TextField.class, "Name").getValue()).isEqualTo("production");
        assertThat(console.keys().all()).hasSize(1);
    }

    @Test
    void refusesAKeyWithoutAConsumerOrAName() {
        publish(webShop());
        open("keys?new", KeysView.class);

        press("Issue key");

        assertThat(problem(find(ComboBox.class, panel()).single())).isEqualTo("Must be given.");
        assertThat(problem("Name")).isEqualTo("Must be given.");
        assertThat(console.keys().all()).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void limitsTheTimeAKeyIsValid() {
        publish(webShop());
        open("keys?new&consumer=web-shop", KeysView.class);
        type("Name", "trial");
        ((Select<String>) field(Select.class, "Valid for")).setValue("7 days");

        press("Issue key");

        var end = console.keys().all().getFirst().expiresAt().orElseThrow();
        assertThat(Duration.between(Instant.now(), end)).isBetween(Duration.ofDays(6), Duration.ofDays(7));
    }

    @Test
    void asksForTheNameBeforeItRevokesForGood() {
        publish(webShop(), key("production", Optional.empty()), key("staging", Optional.empty()));
        open("keys/" + id("production"), KeysView.class);

        press("Revoke key");

        assertThat(shows(question(), "web-shop can still call with: staging.")).isTrue();
        assertThat(button("Revoke key").isEnabled()).isFalse();
        test(find(TextField.class, question()).single()).setValue("production");
        press("Revoke key");
        assertThat(asked()).isFalse();
        assertThat(shows(panel(), "revoked")).isTrue();
        assertThat(console.keys().since(1).changed().getFirst().revoked()).isTrue();
    }

    @Test
    void marksWhatExpiresSoonAndWhatHasExpired() {
        publish(
                webShop(),
                key("old", Optional.of(Instant.now().minusSeconds(60))),
                key("trial", Optional.of(Instant.now().plus(Duration.ofHours(73)))));

        open("keys/" + id("old"), KeysView.class);
        assertThat(shows(panel(), "expired")).isTrue();

        open("keys/" + id("trial"), KeysView.class);
        assertThat(shows(panel(), "expires in 3 d")).isTrue();
    }

    private String shown() {
        return find(Pre.class, find(IssuedDialog.class).single())
                .all()
                .getLast()
                .getText();
    }

    private Edit key(String name, Optional<Instant> expires) {
        return KeyStore.edit(KeyText.create("test"), console.pepper(), "web-shop", name, expires);
    }

    private String id(String name) {
        return console.keys().all().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
