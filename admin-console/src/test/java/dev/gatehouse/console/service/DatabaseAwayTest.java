package dev.gatehouse.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.console.AdminAtWork;
import dev.gatehouse.console.listing.ListPage;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A list and its forms, once PostgreSQL takes no connection any more. */
class DatabaseAwayTest extends AdminAtWork {

    @Test
    void keepsWhatWasTyped() throws SQLException {
        publish(users());
        open("services/users", ServicesView.class);
        type("Connect timeout", "5s");
        cutOff();

        press("Publish");

        assertThat(shows(panel(), "The database did not answer")).isTrue();
        assertThat(field(TextField.class, "Connect timeout").getValue()).isEqualTo("5s");
    }

    @Test
    void saysSinceWhenItIsOfBefore() throws SQLException {
        publish(users());
        var view = open("services", ServicesView.class);
        eventually(() -> rows() == 1);

        cutOff();
        // until then, a question that was answered before may be about to say when that was
        eventually(() -> !console.fleet().current().trouble().isEmpty());
        clock.forward(Duration.ofSeconds(5));

        eventually(() -> shows(view, "PostgreSQL has not answered since"));
        assertThat(find(ListPage.class).single().getClassNames()).contains("of-before");
        assertThat(rows()).isEqualTo(1);
    }

    private int rows() {
        return find(Grid.class).all().getFirst().getListDataView().getItemCount();
    }

    private void cutOff() throws SQLException {
        var name = access.url().substring(access.url().lastIndexOf('/') + 1);
        try (var connection = DriverManager.getConnection(
                        access.url().replace(name, "postgres"), access.user(), access.password());
                var statement = connection.createStatement()) {
            statement.execute("alter database " + name + " allow_connections false");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        }
    }
}
