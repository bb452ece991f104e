package dev.gatehouse.node.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.VersionNaming;
import dev.gatehouse.db.recognition.Asked;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Exchanges;
import dev.gatehouse.node.exchange.Handler;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.exchange.Response;
import dev.gatehouse.node.exchange.VersionCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiVersioningTest {

    private static final VersionNaming PATH = new VersionNaming.InPath(1);
    private static final VersionNaming HEADER = new VersionNaming.InHeader("X-Version");
    private static final VersionNaming ACCEPT = new VersionNaming.InMediaType("example");
    private static final VersionNaming QUERY = new VersionNaming.InQuery("v");
    private static final ApiVersion V1 = new ApiVersion(
            "v1", "2023-06-30T23:59:59Z", "2026-01-02T03:04:05Z", "https://docs.example.com/v1?a=\u00fc", "v2", false);
    private static final ApiVersion V2 = ApiVersion.current("v2");
    private static final Api API =
            new Api(List.of(PATH, HEADER, QUERY, ACCEPT), List.of(V1, V2), "v2", Api.Unknown.REFUSE, false);
    private static final Handler SERVICE = _ -> new Response(200, new Headers(), Body.empty());

    private final Exchange exchange = Exchanges.get("/v1/users/7?x=1");

    private Response answer(Asked asked, Handler next) {
        return new ApiVersioning("users", API, asked, null).filter(exchange, new VersionGate().before(next));
    }

    private static Asked served(ApiVersion version, VersionNaming by) {
        return new Asked.Served(version, Optional.of(by));
    }

    @Test
    void saysNothingOfTheEndOfAVersionWithAFuture() {
        var headers = answer(served(V2, PATH), SERVICE).headers();
        assertThat(headers.size()).isZero();
    }

    @Test
    void tellsSinceWhenAVersionIsDeprecatedAndWhenItEnds() {
        var headers = answer(served(V1, HEADER), SERVICE).headers();
        assertThat(headers.all("Deprecation")).containsExactly("@1688169599");
        assertThat(headers.all("Sunset")).containsExactly("Fri, 02 Jan 2026 03:04:05 GMT");
        assertThat(headers.all("Link"))
                .containsExactly(
                        "<https://docs.example.com/v1?a=%C3%BC>; rel=\"deprecation\"",
                        "<https://docs.example.com/v1?a=%C3%BC>; rel=\"sunset\"");
    }

    @Test
    void tellsItInsteadOfTheServiceAndBesideItsLinks() {
        var headers = answer(
                        served(V1, HEADER),
                        _ -> new Response(
                                200,
                                Headers.of("Deprecation", "@1", "Sunset", "soon", "Link", "</>; rel=\"up\""),
                                Body.empty()))
                .headers();
        assertThat(headers.all("Deprecation")).containsExactly("@1688169599");
        assertThat(headers.all("Sunset")).hasSize(1);
        assertThat(headers.all("Link")).hasSize(3).contains("</>; rel=\"up\"");
    }

    @Test
    void tellsItInARefusalToo() {
        var response = answer(
                served(V1, HEADER),
                _ -> Rejection.of(Refusal.RATE_LIMITED, "Too many.").toResponse());
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers().first("Sunset")).isPresent();
    }

    @Test
    void linksToTheSameThingInTheNextVersionWhereThePathNamesIt() {
        assertThat(answer(served(V1, PATH), SERVICE).headers().all("Link"))
                .contains("</v2/users/7?x=1>; rel=\"successor-version\"");
        assertThat(answer(served(V1, HEADER), SERVICE).headers().all("Link"))
                .noneMatch(link -> link.contains("successor"));
    }

    @Test
    void letsNothingEndALinkEarly() {
        var odd = Exchanges.get("/v1/a|b?x=<y>\"");
        var headers = new ApiVersioning("users", API, served(V1, PATH), null)
                .filter(odd, SERVICE)
                .headers();
        assertThat(headers.all("Link")).contains("</v2/a%7Cb?x=%3Cy%3E%22>; rel=\"successor-version\"");
    }

    @Test
    void answersARetiredVersionWith410AndTheLinks() {
        var retired = new ApiVersion("v0", "", "", "https://docs.example.com", "v2", true);
        var response = answer(new Asked.Retired(retired, Optional.of(PATH)), _ -> {
            throw new AssertionError("the service was asked");
        });
        assertThat(response.status()).isEqualTo(410);
        assertThat(response.rejection())
                .isNotNull()
                .extracting(Rejection::reason)
                .isEqualTo("Version v0 of API 'users' is retired. Its successor is v2.");
        assertThat(response.headers().all("Link"))
                .containsExactly(
                        "<https://docs.example.com>; rel=\"deprecation\"",
                        "</v2/users/7?x=1>; rel=\"successor-version\"");
    }

    @Test
    void saysWhichFieldsWereLookedAt() {
        assertThat(answer(served(V2, PATH), SERVICE).headers().all("Vary")).isEmpty();
        assertThat(answer(served(V2, HEADER), SERVICE).headers().all("Vary")).containsExactly("X-Version");
        assertThat(answer(served(V2, QUERY), SERVICE).headers().all("Vary")).containsExactly("X-Version");
        assertThat(answer(served(V2, ACCEPT), SERVICE).headers().all("Vary")).containsExactly("X-Version", "Accept");
        assertThat(answer(new Asked.Served(V2, Optional.empty()), SERVICE)
                        .headers()
                        .all("Vary"))
                .containsExactly("X-Version", "Accept");
        var refused = new Asked.Refused(Refusal.VERSION_UNKNOWN, "None such.", Optional.of(HEADER));
        var answer = answer(refused, SERVICE);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().all("Vary")).containsExactly("X-Version");
    }

    @Test
    void doesNotRepeatWhatTheServiceSaysOfVary() {
        Handler varying = _ -> new Response(200, Headers.of("vary", "Origin,  x-version"), Body.empty());
        assertThat(answer(served(V2, ACCEPT), varying).headers().all("Vary"))
                .containsExactly("Origin,  x-version", "Accept");
        Handler star = _ -> new Response(200, Headers.of("Vary", "*"), Body.empty());
        assertThat(answer(served(V2, ACCEPT), star).headers().all("Vary")).containsExactly("*");
    }

    @Test
    void notesWhoCalledWhichVersion() {
        answer(served(V1, PATH), asked -> {
            asked.caller(new Caller("shop", "12345678"));
            return SERVICE.handle(asked);
        });
        assertThat(exchange.versionCall()).isEqualTo(new VersionCall("users", "v1", "shop"));
        var anonymous = Exchanges.get("/v1");
        new ApiVersioning("users", API, served(V2, PATH), null).filter(anonymous, SERVICE);
        assertThat(anonymous.versionCall()).isEqualTo(new VersionCall("users", "v2", ""));
        var late = Exchanges.get("/v1");
        new ApiVersioning("users", API, new Asked.Retired(V1, Optional.empty()), "bank").filter(late, SERVICE);
        assertThat(late.versionCall()).isEqualTo(new VersionCall("users", "v1", "bank"));
    }
}
