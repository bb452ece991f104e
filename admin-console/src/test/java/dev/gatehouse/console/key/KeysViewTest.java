package dev.gatehouse.console.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.key.KeyText;
import dev.gatehouse.db.live.KeyCalls;
import dev.gatehouse.db.model.ApiKey;
import dev.gatehouse.db.model.KeyState;
import dev.gatehouse.db.model.KeyTerms;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.KeyQuery;
import dev.gatehouse.db.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(stored.hash()).isEqualTo(console.peppers().newest().hash(key));
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
        assertThat(console.keys().list(KeyQuery.ALL, 0, 100)).hasSize(1);
    }

    @Test
    void refusesAKeyWithoutAConsumerOrAName() {
        publish(webShop());
        open("keys?new", KeysView.class);

        press("Issue key");

        assertThat(problem(find(ComboBox.class, panel()).single())).isEqualTo("Must be given.");
        assertThat(problem("Name")).isEqualTo("Must be given.");
        assertThat(console.keys().list(KeyQuery.ALL, 0, 100)).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void limitsTheTimeAKeyIsValid() {
        publish(webShop());
        open("keys?new&consumer=web-shop", KeysView.class);
        type("Name", "trial");
        ((Select<String>) field(Select.class, "Valid for")).setValue("7 days");

        press("Issue key");

        var end =
                console.keys().list(KeyQuery.ALL, 0, 100).getFirst().expiresAt().orElseThrow();
        assertThat(Duration.between(Instant.now(), end)).isBetween(Duration.ofDays(6), Duration.ofDays(7));
    }

    @Test
    void saysHowAKeyIsUsedBeforeItRevokesItAndTakesThatBackForAMoment() {
        publish(webShop(), key("production", Optional.empty()), key("staging", Optional.empty()));
        called(id("production"), 1_204);
        open("keys/" + id("production"), KeysView.class);

        press("Revoke key");

        assertThat(shows(question(), "s ago from 192.0.2.7, 1\u202f204 calls today."))
                .isTrue();
        assertThat(shows(question(), "web-shop can still call with: staging.")).isTrue();
        press("Revoke key");
        assertThat(asked()).isFalse();
        assertThat(shows(panel(), "revoked")).isTrue();
        assertThat(console.keys().since(1).changed().getFirst().revoked()).isTrue();

        press("Undo");
        assertThat(console.keys().since(2).changed().getFirst().revoked()).isFalse();
    }

    @Test
    void rotatesAKeyInTwoClicksAndShowsTheNewOne() {
        publish(users(), route("users-api", "/api/users/**"), webShop(), key("production", Optional.empty()));
        var old = id("production");
        open("keys/" + old, KeysView.class);

        press("Rotate key");
        press("Issue the new key");

        var key = KeyText.read(shown()).orElseThrow();
        var replaced = console.keys().find(old).orElseThrow();
        assertThat(replaced.replacedBy()).contains(key.id());
        assertThat(Duration.between(Instant.now(), replaced.expiresAt().orElseThrow()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        assertThat(console.keys().find(key.id()).orElseThrow().name()).isEqualTo("production");

        press("I have stored the key");
        assertThat(shows(panel(), key.id())).isTrue();
    }

    @Test
    void changesWhatAKeyIsForAndRefusesWhatMeansNothing() {
        publish(webShop(), key("production", Optional.empty()));
        open("keys/" + id("production"), KeysView.class);
        type("Expires", "tomorrow");
        press("Change key");
        assertThat(problem("Expires")).contains("'tomorrow' is refused");

        type("Expires", "2099-12-31");
        press("Change key");

        assertThat(console.keys().find(id("production")).orElseThrow().expiresAt())
                .contains(Instant.parse("2099-12-31T00:00:00Z"));
        assertThat(shows(panel(), "31 Dec 2099")).isTrue();
    }

    @Test
    void saysOfAKeyWhoseRouteIsGoneThatItOpensNothing() {
        var text = KeyText.create("live");
        var terms = new KeyTerms("live", List.of("users-api"), List.of(), List.of());
        publish(
                users(),
                route("users-api", "/api/users/**"),
                webShop(),
                new Edit.AddKey(
                        text.id(),
                        "web-shop",
                        "laptop",
                        console.peppers().newest().hash(text),
                        terms,
                        Optional.empty(),
                        Optional.empty(),
                        false));
        open("keys/" + text.id(), KeysView.class);
        assertThat(shows(panel(), "Former routes")).isFalse();

        publish(new Edit.Delete(Kind.ROUTE, "users-api", Edit.ANY));
        open("keys/" + text.id(), KeysView.class);

        assertThat(shows(panel(), "no route left")).isTrue();
        assertThat(shows(panel(), "Former routes")).isTrue();
    }

    @Test
    void findsByTheBeginningByUseAndByAWholeKeyThatWasFoundSomewhere() {
        var text = KeyText.create("live");
        var found = KeyStore.edit(text, console.peppers().newest(), "web-shop", "leaked", Optional.empty());
        publish(webShop(), found, key("production", Optional.empty()), key("staging", Optional.empty()));
        for (int address = 0; address < KeyCalls.MANY; address++) {
            console.keyCalls()
                    .add(
                            Instant.now(),
                            List.of(new KeyCalls.Calls(
                                    id("staging"),
                                    "web-shop",
                                    1,
                                    Instant.now(),
                                    "192.0.2.7",
                                    List.of("192.0.2." + address))));
        }

        assertThat(listed("keys?q=prod")).containsExactly("production");
        assertThat(listed("keys?q=" + text.text())).containsExactly("leaked");
        assertThat(listed("keys?q=" + text.id().substring(0, 5))).containsExactly("leaked");
        assertThat(listed("keys?concern=many+addresses")).containsExactly("staging");
        assertThat(listed("keys?state=revoked")).isEmpty();
        assertThat(listed("keys?consumer=web-shop")).containsExactlyInAnyOrder("leaked", "production", "staging");
    }

    @Test
    void readsOnlyWhatIsInSightAndRevokesAllThatIsFound() {
        var edits = new ArrayList<Edit>(List.of(webShop()));
        for (int i = 0; i < 700; i++) {
            edits.add(key((i < 30 ? "old-" : "new-") + i, Optional.empty()));
        }
        publish(edits.toArray(Edit[]::new));
        open("keys", KeysView.class);
        assertThat(grid().getDataCommunicator().getItemCount()).isEqualTo(700);

        open("keys?q=old-", KeysView.class);
        press("Revoke all that are found");
        assertThat(shows(question(), "None of them was used today.")).isTrue();
        test(find(TextField.class, question()).single()).setValue("30");
        press("Revoke keys");

        assertThat(console.keys().count(KeyQuery.ALL.in(KeyState.REVOKED), 100)).isEqualTo(30);
    }

    @Test
    void issuesManyKeysAtOnceAndShowsThemAsLines() {
        publish(webShop());
        open("keys?new&consumer=web-shop", KeysView.class);
        type("Name", "device");
        type("Number", "3");

        press("Issue key");

        assertThat(shown().lines())
                .hasSize(3)
                .allMatch(line -> KeyText.read(line.split(" ", 2)[1]).isPresent());
        assertThat(console.keys().list(KeyQuery.ALL, 0, 10))
                .extracting(ApiKey::name)
                .containsExactlyInAnyOrder("device-1", "device-2", "device-3");
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

    private void called(String id, long times) {
        console.keyCalls()
                .add(
                        Instant.now(),
                        List.of(new KeyCalls.Calls(
                                id, "web-shop", times, Instant.now(), "192.0.2.7", List.of("192.0.2.7"))));
    }

    private List<String> listed(String address) {
        open(address, KeysView.class);
        return find(Grid.class).exists()
                ? grid().getGenericDataView().getItems().map(KeyRow::name).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private Grid<KeyRow> grid() {
        return (Grid<KeyRow>) find(Grid.class).single();
    }

    private String shown() {
        return find(Pre.class, find(IssuedDialog.class).single())
                .all()
                .getLast()
                .getText();
    }

    private Edit key(String name, Optional<Instant> expires) {
        return KeyStore.edit(KeyText.create("test"), console.peppers().newest(), "web-shop", name, expires);
    }

    private String id(String name) {
        return console.keys().list(KeyQuery.ALL, 0, 100).stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
