package dev.gatehouse.console.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.credential.Discovery;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.db.store.Edit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssuersViewTest extends AdminAtWork {

    @Test
    void saysWhatToDoWhileThereIsNoIssuer() {
        var view = open("issuers", IssuersView.class);
        assertThat(shows(view, "No issuer yet")).isTrue();
        press("Create the first issuer");
        assertThat(shows(panel(), "New issuer")).isTrue();
    }

    @Test
    void tellsWhereOneIsAskedAboutItsTokens() {
        var asked = Map.of(
                "url", "https://login.example.com/introspect",
                "client-id", "gateway",
                "client-secret", "client-secret-of-at-least-32-characters");
        var issuer = Settings.read(Issuer.class, Map.of("opaque", Map.of(), "introspection", asked))
                .orThrow();

        var row = new IssuerRow("partner", issuer, 1, List.of());
        assertThat(row.keys()).isEqualTo("https://login.example.com/introspect");
        assertThat(row.algorithms()).isEqualTo("asked about each token");
    }

    @Test
    void publishesWhatWasChanged() {
        var issuer = Settings.read(
                        Issuer.class, Map.of("discovery", Map.of("issuer", "https://login.example.com/realms/shop")))
                .orThrow();
        publish(new Edit.Put("corp", issuer, Edit.ANY));
        open("issuers/corp", IssuersView.class);
        type("Issuer", "https://login.example.com/realms/other");
        press("Publish");
        assertThat(configured().issuers().get("corp"))
                .isNotNull()
                .extracting(Issuer::keys)
                .isEqualTo(new Discovery("https://login.example.com/realms/other"));
    }
}
