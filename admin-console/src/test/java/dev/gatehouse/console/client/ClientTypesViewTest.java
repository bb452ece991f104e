package dev.gatehouse.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.store.Edit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientTypesViewTest extends AdminAtWork {

    @Test
    void saysWhatToDoWhileThereIsNoClientType() {
        var view = open("client-types", ClientTypesView.class);
        assertThat(shows(view, "No client type yet")).isTrue();
        press("Create the first client type");
        assertThat(shows(panel(), "New client type")).isTrue();
        type("Name", "mobile");
        press("Publish");
        assertThat(shows(panel(), "Must have at least one element.")).isTrue();
    }

    @Test
    void publishesWhatWasChanged() {
        publish(new Edit.Put("mobile", new ClientType(List.of(new ClientSign.ByUserAgent("okhttp", "")), 0), Edit.ANY));
        open("client-types/mobile", ClientTypesView.class);
        type("Contains", "shop-app");
        type("Priority", "7");
        press("Publish");
        assertThat(configured().clientTypes().get("mobile"))
                .isEqualTo(new ClientType(List.of(new ClientSign.ByUserAgent("shop-app", "")), 7));
    }
}
