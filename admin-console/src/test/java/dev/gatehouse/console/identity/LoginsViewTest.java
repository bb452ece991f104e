package dev.gatehouse.console.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.credential.LoginPassword;
import dev.gatehouse.db.key.Passwords;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.store.Edit;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginsViewTest extends AdminAtWork {

    @Test
    void saysWhatToDoWhileThereIsNone() {
        var view = open("logins", LoginsView.class);
        assertThat(shows(view, "No login yet")).isTrue();
        press("Create the first login");
        assertThat(shows(panel(), "New login")).isTrue();
    }

    @Test
    void showsNoPasswordAndStoresOnlyItsHash() {
        publish(new Edit.Put("web-shop", new Consumer(""), Edit.ANY));
        publish(new Edit.Put(
                "ada", new Login("web-shop", List.of(), new LoginPassword("correct horse battery", "")), Edit.ANY));
        var view = open("logins/ada", LoginsView.class);
        assertThat(shows(view, "argon2")).isFalse();
        type("User name", "ada@example.com");
        press("Publish");
        assertThat(configured().logins().get("ada")).isNotNull().satisfies(login -> {
            assertThat(login.user("ada")).isEqualTo("ada@example.com");
            assertThat(Passwords.matches("correct horse battery", ((LoginPassword) login.proof()).password()))
                    .isTrue();
        });
    }

    @Test
    void makesASigningKeyWhereNoneIsGiven() {
        open("signing-keys", SigningKeysView.class);
        press("Create the first signing key");
        type("Name", "main");
        press("Publish");
        assertThat(configured().signingKeys().get("main"))
                .isNotNull()
                .satisfies(key -> assertThat(key.privateKey()).startsWith("sealed:"));
    }
}
