package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the console says to whoever speaks plain HTTP. */
class DoorIT {

    private static final RunningConsole CONSOLE = new RunningConsole();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    @BeforeAll
    static void start() {
        CONSOLE.start();
    }

    @AfterAll
    static void stop() {
        CONSOLE.close();
    }

    @Test
    void answersTheSixthWrongPasswordWithTheTimeToWait() throws Exception {
        for (int i = 0; i < 5; i++) {
            var refused = signIn("eve", "wrong");
            assertThat(refused.statusCode()).isEqualTo(303);
            assertThat(refused.headers().firstValue("Location")).contains("/login?refused");
        }

        var tooMany = signIn("eve", "wrong");

        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(200L, 300L);
    }

    @Test
    void changesTheIdOfTheSessionWhenSomebodySignsIn() throws Exception {
        get("/");
        var before = session();

        var welcome = signIn("admin", CONSOLE.firstPassword());

        assertThat(welcome.headers().firstValue("Location")).contains("/password");
        assertThat(session()).isNotEqualTo(before);
    }

    @Test
    void keepsItsCookieFromScriptsAndOtherSites() throws Exception {
        assertThat(get("/").headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("GATEHOUSE_CONSOLE=")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @Test
    void refusesAFormThatAnotherSiteSends() throws Exception {
        var form = form("auth/login", "username=admin&password=x");

        assertThat(send(form.header("Sec-Fetch-Site", "cross-site")).statusCode())
                .isEqualTo(403);
        assertThat(send(form("auth/logout", "").header("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsBrowsersWhatNotToAllow() throws Exception {
        var headers = get("/").headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void sendsItsStylesAgainOnlyWhenTheyChanged() throws Exception {
        var first = get("/gatehouse/console.css");
        var tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(send(request("/gatehouse/console.css").header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        assertThat(get("/gatehouse/..%2f..%2fdev").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get("/gatehouse/nothing.js").statusCode()).isEqualTo(404);
    }

    @Test
    void compressesTheLargeScriptOfTheCharts() throws Exception {
        var script = send(request("/gatehouse/echarts.esm.min.js").header("Accept-Encoding", "gzip"));

        assertThat(script.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(script.body().length()).isLessThan(500_000);
    }

    private HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return send(form("auth/login", "username=" + name + "&password=" + encode(password)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(CONSOLE.url().resolve(path));
    }

    private static HttpRequest.Builder form(String path, String body) {
        return request("/" + path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private List<String> session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("GATEHOUSE_CONSOLE"))
                .map(HttpCookie::getValue)
                .toList();
    }
}
