package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static dev.gatehouse.db.Samples.limit;
import static dev.gatehouse.db.Samples.route;
import static dev.gatehouse.db.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Entity;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    /** Publishes what must be refused, and sees that nothing was saved. */
    private static List<Problem> refused(Edit... edits) {
        var before = DB.reader().load();
        var publication = DB.store().publish(List.of(edits), new Author("eve", ""));
        assertThat(publication).isInstanceOf(Publication.Refused.class);
        assertThat(DB.reader().load()).isEqualTo(before);
        assertThat(DB.query("select actor from audit where actor = 'eve'")).isEmpty();
        return publication instanceof Publication.Refused refused ? refused.problems() : List.of();
    }

    private static Edit put(String name, Entity entity) {
        return new Edit.Put(name, entity, Edit.ANY);
    }

    @Test
    void savesNothingOfAListWithOneBadEdit() {
        assertThat(refused(put("users", service(9101)), put("orders", service("orders:9103"))))
                .extracting(Problem::path)
                .containsExactly("services.orders.targets[0].url");
    }

    @Test
    void tellsOfAllProblemsAtOnce() {
        assertThat(refused(
                        put("users", service()),
                        put("api", route("users", "Users", limit(-1, RateLimit.Per.CONSUMER, "")))))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "services.users.targets",
                        "routes.api.match.path",
                        "routes.api.forward.service",
                        "routes.api.policies[0].rate-limit.requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Users", "a b", "a.b", "a/b", "ü"})
    void refusesANameThatIsNone(String name) {
        assertThat(refused(put(name, consumer("")))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("consumers." + name + ".name");
            assertThat(problem.message()).contains("1 to 63 lower-case letters");
        });
    }

    @Test
    void refusesARouteToNowhere() {
        assertThat(refused(put("api", route("/a", "users"))))
                .containsExactly(new Problem("routes.api.forward.service", "There is no service 'users'."));
    }

    @Test
    void refusesAPathThatIsTaken() {
        DB.publish("users", service(9101));
        DB.publish("one", route("/a", "users"));
        assertThat(refused(put("two", route("/a", "users"))))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("routes.one.match.path", "routes.two.match.path");
    }

    @Test
    void keepsAServiceThatIsInUse() {
        DB.publish("users", service(9101));
        DB.publish("api", route("/a", "users"));
        assertThat(refused(new Edit.Delete(Kind.SERVICE, "users", Edit.ANY)))
                .contains(new Problem(
                        "services.users", "Route 'api' forwards to it; delete or change that route first."));
    }

    @Test
    void letsAServiceGoTogetherWithItsRoutes() {
        DB.publish("users", service(9101));
        DB.publish("api", route("/a", "users"));
        var publication = DB.store()
                .publish(
                        List.of(
                                new Edit.Delete(Kind.ROUTE, "api", Edit.ANY),
                                new Edit.Delete(Kind.SERVICE, "users", Edit.ANY)),
                        new Author("ann", ""));
        assertThat(publication).isInstanceOf(Publication.Published.class);
    }

    @Test
    void cannotDeleteWhatIsNotThere() {
        assertThat(refused(new Edit.Delete(Kind.CONSUMER, "nobody", Edit.ANY)))
                .containsExactly(new Problem("consumers.nobody", "There is no consumer 'nobody'."));
    }

    @Test
    void doesNotHoldAnOldFaultAgainstANewEdit() {
        DB.publish("users", service(9101));
        DB.publish("api", route("/a", "users"));
        DB.execute("delete from entity where kind = 'service'");
        assertThat(FreshDatabase.published(
                        DB.store().publish(List.of(put("orders", service(9103))), new Author("ann", ""))))
                .isEqualTo(3);
        assertThat(refused(put("other", route("/b", "users"))))
                .containsExactly(new Problem("routes.other.forward.service", "There is no service 'users'."));
    }
}
