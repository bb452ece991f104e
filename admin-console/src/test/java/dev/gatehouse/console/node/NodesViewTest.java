package dev.gatehouse.console.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.db.model.Version;
import dev.gatehouse.db.store.NodeReports;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NodesViewTest extends AdminAtWork {

    @Test
    void showsWhatANodeSaysOfItself() {
        publish(users());
        report("gateway-1", 1, "Route orders-api cannot be served.");

        open("nodes/gateway-1", NodesView.class);

        eventually(() -> shows(panel(), "http://10.0.0.7:8080"));
        assertThat(shows(panel(), "Route orders-api cannot be served.")).isTrue();
        assertThat(shows(panel(), "problem")).isTrue();
        assertThat(find(Button.class).withText("Forget node").exists()).isFalse();
    }

    @Test
    void saysHowFarBehindANodeIs() {
        publish(users());
        publish(webShop());
        report("gateway-1", 1);

        open("nodes/gateway-1", NodesView.class);

        eventually(() -> shows(panel(), "catching up"));
        assertThat(shows(panel(), "1 of 2")).isTrue();
    }

    @Test
    void opensANodeWhateverLettersItsNameHas() {
        report("edge 1:8080", 0);
        var view = open("nodes", NodesView.class);
        eventually(() -> find(Grid.class, view).exists());

        test(nodes(view)).select(0);
        roundTrip();

        eventually(() -> shows(panel(), "http://10.0.0.7:8080"));
    }

    @Test
    void forgetsASilentNode() throws SQLException {
        report("gateway-1", 0);
        silence("gateway-1");
        open("nodes/gateway-1", NodesView.class);
        eventually(() -> shows(panel(), "silent"));

        press("Forget node");
        press("Forget node");

        assertThat(console.nodes().all()).isEmpty();
        assertThat(console.audit().newest(1).getFirst().action()).isEqualTo("forget node");
    }

    @SuppressWarnings("unchecked")
    private Grid<NodeRow> nodes(NodesView view) {
        return find(Grid.class, view).single();
    }

    private void report(String name, long revision, String... problems) {
        var epoch = reader.version().epoch();
        report(new NodeReports.Report(
                name,
                UUID.randomUUID(),
                "http://10.0.0.7:8080",
                "0.1.0",
                Instant.now(),
                Optional.of(new Version(epoch, revision)),
                List.of(problems)));
    }
}
