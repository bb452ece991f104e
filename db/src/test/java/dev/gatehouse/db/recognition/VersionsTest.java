package dev.gatehouse.db.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.VersionNaming;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    private static final VersionNaming PATH = new VersionNaming.InPath(1);
    private static final VersionNaming HEADER = new VersionNaming.InHeader("X-Version");
    private static final VersionNaming MEDIA_TYPE = new VersionNaming.InMediaType("example.users");
    private static final VersionNaming QUERY = new VersionNaming.InQuery("version");
    private static final List<ApiVersion> VERSIONS =
            List.of(version("v1", ""), version("v2", ""), version("2026-01-01", ""));

    private static ApiVersion version(String name, String sunset) {
        return new ApiVersion(name, "", sunset, "", "", false);
    }

    private static Api api(Api.Unknown unknown, VersionNaming... ways) {
        return new Api(List.of(ways), VERSIONS, "v2", unknown, true);
    }

    /** The version that is served; else the code of the refusal. */
    private static String asked(Api api, Facts facts) {
        return switch (new Versions("users", api).asked(facts)) {
            case Asked.Served served -> served.version().name();
            case Asked.Retired _ -> Refusal.VERSION_RETIRED.code();
            case Asked.Refused refused -> refused.refusal().code();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/users, v1",
        "/v2, v2",
        "/2026-01-01/users, 2026-01-01",
        "/users/v1, v2",
        "/, v2",
        "/V1/users, v2",
        "/v1x/users, v2",
        "/v3/users, no-route",
        "/v17/users, no-route",
        "/2027-12-31/users, no-route"
    })
    void readsASegmentOfThePath(String path, String asked) {
        assertThat(asked(api(Api.Unknown.REFUSE, PATH), Facts.of(path))).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/users, v1", "/api/v1, v1", "/v1/api, v2", "/api, v2", "/api/, v2"})
    void readsTheSegmentThatIsConfigured(String path, String asked) {
        assertThat(asked(api(Api.Unknown.REFUSE, new VersionNaming.InPath(2)), Facts.of(path)))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "v1, v1",
        "'  v1 ', v1",
        "'', v2",
        "v3, version-unknown",
        "V1, version-unknown",
        "'v1, v2', version-unknown"
    })
    void readsAHeader(String value, String asked) {
        assertThat(asked(api(Api.Unknown.REFUSE, HEADER), Facts.of("/users").with("x-version", value)))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "/users?version=v1, v1",
        "/users?a=b&version=v1, v1",
        "/users?version=v1&version=v2, v1",
        "/users?version=, v2",
        "/users?version, v2",
        "/users?Version=v1, v2",
        "/users?version=v9, version-unknown"
    })
    void readsAQueryParameter(String target, String asked) {
        assertThat(asked(api(Api.Unknown.REFUSE, QUERY), Facts.of(target))).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.example.users.v1+json | v1",
                "application/vnd.example.users.v1 | v1",
                "Application/Vnd.Example.Users.V1+JSON | v1",
                "application/vnd.example.users.2026-01-01+json; charset=utf-8 | 2026-01-01",
                "text/html, application/vnd.example.users.v1+json;q=0.5 | v1",
                "*/* | v2",
                "application/json | v2",
                "application/vnd.example.orders.v1+json | v2",
                // two at once: the more wanted one, of equal ones the first
                "application/vnd.example.users.v1+json, application/vnd.example.users.v2+json | v1",
                "application/vnd.example.users.v1+json;q=0.8, application/vnd.example.users.v2+json;q=0.9 | v2",
                "application/vnd.example.users.v9+json, application/vnd.example.users.v1+json;q=0.1 | v1",
                // an unknown one is refused where nothing else is accepted
                "application/vnd.example.users.v9+json | version-not-acceptable",
                "application/vnd.example.users.v9+json, */*;q=0.1 | v2",
                "application/vnd.example.users.v9+json, */*;q=0 | version-not-acceptable",
                "application/vnd.example.users.v1+json;q=0, application/json | v2",
                // malformed parts are passed over
                "application/vnd.example.users.v1+json;q=high | v2",
                "application/vnd.example.users.v1+json;q=2, application/vnd.example.users.v2+json | v2",
                "application/vnd.example.users.v1+json/x | v2",
                "application/vnd.example.users. | version-not-acceptable",
                ",,;;q=1,= | v2",
                "/ | v2",
                "'' | v2"
            })
    void readsAMediaTypeInAccept(String accept, String asked) {
        assertThat(asked(api(Api.Unknown.REFUSE, MEDIA_TYPE), Facts.of("/users").with("accept", accept)))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/users, v2, v1",
        "/users, v1, v1",
        "/users, '', v2",
        "/v9/users, v1, no-route",
    })
    void takesTheFirstWayThatNamesAVersion(String path, String header, String asked) {
        assertThat(asked(api(Api.Unknown.REFUSE, PATH, HEADER), Facts.of(path).with("x-version", header)))
                .isEqualTo(asked);
    }

    @Test
    void fallsBackOnTheDefaultVersion() {
        var api = api(Api.Unknown.DEFAULT, PATH, HEADER, MEDIA_TYPE, QUERY);
        assertThat(asked(api, Facts.of("/v9/users"))).isEqualTo("v2");
        assertThat(asked(api, Facts.of("/users").with("x-version", "v9"))).isEqualTo("v2");
        assertThat(asked(api, Facts.of("/users").with("accept", "application/vnd.example.users.v9")))
                .isEqualTo("v2");
        assertThat(asked(api, Facts.of("/users?version=v9"))).isEqualTo("v2");
    }

    @Test
    void asksForAVersionWhereThereIsNoDefault() {
        var api = new Api(List.of(HEADER), VERSIONS, "", Api.Unknown.REFUSE, false);
        assertThat(asked(api, Facts.of("/users"))).isEqualTo("version-missing");
        assertThat(asked(api, Facts.of("/users").with("x-version", "v1"))).isEqualTo("v1");
    }

    @Test
    void knowsWhatIsRetired() {
        var retired = new ApiVersion("v1", "", "", "", "", true);
        var over = version("v2", "2026-10-07T12:00:00Z");
        var ending = version("v3", "2026-10-07T12:00:01Z");
        var versions = List.of(retired, over, ending);
        var atSunset = new Api(List.of(QUERY), versions, "", Api.Unknown.REFUSE, true);
        var byHand = new Api(List.of(QUERY), versions, "", Api.Unknown.REFUSE, false);
        assertThat(asked(atSunset, Facts.of("/?version=v1"))).isEqualTo("version-retired");
        assertThat(asked(byHand, Facts.of("/?version=v1"))).isEqualTo("version-retired");
        assertThat(asked(atSunset, Facts.of("/?version=v2"))).isEqualTo("version-retired");
        assertThat(asked(byHand, Facts.of("/?version=v2"))).isEqualTo("v2");
        assertThat(asked(atSunset, Facts.of("/?version=v3"))).isEqualTo("v3");
    }

    @Test
    void doesNotRepeatWhatTheCallerWrote() {
        var refused = new Versions("users", api(Api.Unknown.REFUSE, HEADER))
                .asked(Facts.of("/").with("x-version", "<script>"));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Asked.Refused.class,
                        told -> assertThat(told.reason())
                                .isEqualTo("API 'users' has no such version; there are v1, v2, 2026-01-01."));
    }
}
