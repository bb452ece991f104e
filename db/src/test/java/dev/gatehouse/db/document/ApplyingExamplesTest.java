package dev.gatehouse.db.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.key.Pepper;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.store.Author;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.FreshDatabase;
import dev.gatehouse.db.store.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Examples of routes, held against every change whatever it changes. */
class ApplyingExamplesTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Author ANN = new Author("ann", "");
    private static final String EXAMPLE = "routes.v1.examples[0]";

    private static Document document(String yaml) {
        return Objects.requireNonNull(
                Yaml.read(yaml).document(), () -> "" + Yaml.read(yaml).problems());
    }

    private static Applying applying() {
        return new Applying(DB.store(), DB.keys());
    }

    private static List<Problem> apply(String yaml) {
        var publication = applying()
                .apply(document(yaml), false, ANN, () -> new Pepper(1, "a pepper for tests only"))
                .publication();
        var problems = problems(publication);
        if (!problems.isEmpty()) {
            assertThat(problems(applying().preview(document(yaml), false))).isEqualTo(problems);
        }
        return problems;
    }

    private static List<Problem> problems(Publication publication) {
        return publication instanceof Publication.Refused refused ? refused.problems() : List.of();
    }

    @BeforeEach
    void configure() {
        assertThat(apply("""
                        services: { users: { targets: [ "http://127.0.0.1:9101" ] } }
                        apis: { users: { named-by: [ header: X-Version ], versions: [ v1, v2 ], default-version: v2 } }
                        client-types: { mobile: { recognised-by: [ user-agent: { contains: okhttp } ] } }
                        routes:
                          v1:
                            match: { path: /users, api: users, version: v1, clients: [ mobile ] }
                            forward: { service: users }
                            examples: [ { request: GET /users, headers: [ "X-Version: v1", "User-Agent: okhttp" ] } ]
                          rest: { match: { path: "/**" }, forward: { service: users } }
                        """)).isEmpty();
    }

    @Test
    void refusesARouteThatBreaksTheExampleOfAnother() {
        assertThat(apply("""
                        routes:
                          rival: { match: { path: /users, hosts: [], methods: [GET] }, forward: { service: users } }
                        """))
                .containsExactly(new Problem(
                        EXAMPLE,
                        "'GET /users' is expected to get this route, but gets route 'rival': "
                                + "route 'rival' is more specific or comes first."));
    }

    @Test
    void refusesAnApiThatBreaksAnExample() {
        assertThat(apply("""
                        apis: { users: { named-by: [ query: v ], versions: [ v1, v2 ], default-version: v2 } }
                        """))
                .containsExactly(new Problem(
                        EXAMPLE,
                        "'GET /users' is expected to get this route, but gets route 'rest': "
                                + "route 'v1' asks for version v1 of API users."));
    }

    @Test
    void refusesAClientTypeThatBreaksAnExample() {
        assertThat(apply("client-types: { mobile: { recognised-by: [ header: X-Mobile ] } }"))
                .extracting(Problem::path)
                .containsExactly(EXAMPLE);
    }

    @Test
    void refusesADeletionThatBreaksAnExample() {
        assertThat(apply("""
                        routes:
                          v1:
                            match: { path: /users, api: users, version: v1 }
                            forward: { service: users }
                            examples: [ { request: GET /orders, expect: rest } ]
                        """)).isEmpty();
        assertThat(problems(DB.store().publish(List.of(new Edit.Delete(Kind.ROUTE, "rest", Edit.ANY)), ANN)))
                .extracting(Problem::path)
                .containsExactly(EXAMPLE);
    }

    /** Time alone breaks an example that says no time: by then, other things have to be changeable. */
    @Test
    void doesNotHoldAnExampleThatWasBrokenBeforeAgainstAnotherChange() {
        var sunset = Instant.now().minusSeconds(60);
        assertThat(apply(retiring(sunset.plus(Duration.ofDays(1))))).isEmpty();
        DB.execute("update entity set settings = jsonb_set(settings, '{versions,0,sunset}', '\"" + sunset
                + "\"') where kind = 'api'");
        assertThat(apply("consumers: { shop: {} }")).isEmpty();
        assertThat(apply(retiring(sunset.plus(Duration.ofDays(2))))).isEmpty();
        assertThat(apply(retiring(sunset)))
                .extracting(Problem::message)
                .containsExactly("'GET /users' is expected to get this route, but gets version-retired: "
                        + "the API of route 'v1' refuses it.");
    }

    private static String retiring(Instant sunset) {
        return """
                apis:
                  users:
                    named-by: [ header: X-Version ]
                    versions: [ { name: v1, sunset: "%s" }, v2 ]
                    default-version: v2
                    retire-at-sunset: true
                """.formatted(sunset);
    }
}
