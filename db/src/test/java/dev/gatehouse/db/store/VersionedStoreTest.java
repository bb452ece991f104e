package dev.gatehouse.db.store;

import static dev.gatehouse.db.Samples.consumer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.VersionNaming;
import dev.gatehouse.db.settings.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VersionedStoreTest {

    @RegisterExtension
    private static final FreshDatabase DB = new FreshDatabase();

    private static final Author ANN = new Author("ann", "");
    private static final Api USERS = new Api(
            List.of(new VersionNaming.InPath(1), new VersionNaming.InMediaType("example")),
            List.of(
                    new ApiVersion("v1", "2026-07-01", "2026-12-31", "https://docs.example.com", "v2", false),
                    ApiVersion.current("v2")),
            "v2",
            Api.Unknown.DEFAULT,
            true);
    private static final ClientType PARTNER =
            new ClientType(List.of(new ClientSign.ByConsumer(List.of("web-shop"))), 3);

    private static List<Problem> problems(Edit edit) {
        return DB.store().publish(List.of(edit), ANN) instanceof Publication.Refused refused
                ? refused.problems()
                : List.of();
    }

    @Test
    void givesBackWhatWasStored() {
        DB.publish("web-shop", consumer(""));
        DB.publish("users", USERS);
        DB.publish("partner", PARTNER);
        var snapshot = DB.reader().load().snapshot();
        assertThat(snapshot.apis()).containsEntry("users", USERS);
        assertThat(snapshot.clientTypes()).containsEntry("partner", PARTNER);
        assertThat(DB.query("select kind from entity order by kind")).containsExactly("api", "client-type", "consumer");
    }

    @Test
    void asksForTheConsumersThatAClientTypeNames() {
        assertThat(problems(new Edit.Put("partner", PARTNER, Edit.ANY)))
                .containsExactly(new Problem(
                        "client-types.partner.recognised-by[0].consumer.consumers[0]",
                        "There is no consumer 'web-shop'."));
    }

    @Test
    void keepsAConsumerThatAClientTypeNames() {
        DB.publish("web-shop", consumer(""));
        DB.publish("partner", PARTNER);
        assertThat(problems(new Edit.Delete(Kind.CONSUMER, "web-shop", Edit.ANY)))
                .contains(new Problem(
                        "consumers.web-shop",
                        "Client type 'partner' recognises it; delete or change that client type first."));
    }
}
