package dev.gatehouse.node.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.Redirect;
import dev.gatehouse.db.routing.PathPattern;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.node.exchange.Body;
import dev.gatehouse.node.exchange.Client;
import dev.gatehouse.node.exchange.Downstream;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Headers;
import dev.gatehouse.node.exchange.RequestLine;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where redirects lead, case by case as the Gateway API has them for its RequestRedirect filter. One differs: where the
 * Gateway API falls back on the port of its listener, the port of the request counts here, since clients reach a node
 * through a balancer whose port it does not know.
 */
class LocationTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // case                                            | asked for                     | scheme | host
                //  | port | path     | leads to
                "host name replaced                                | http://a.example/x            | keep   | b.example   | 0    |          | http://b.example/x",
                "the request's port stays with another host        | http://a.example:8080/x       | keep   | b.example   | 0    |          | http://b.example:8080/x",
                "the query stays                                   | http://a.example/x?q=1&r=%2f  | keep   | b.example   | 0    |          | http://b.example/x?q=1&r=%2f",
                "scheme http to https                              | http://a.example/x            | https  |             | 0    |          | https://a.example/x",
                "scheme https to http                              | https://a.example/x           | http   |             | 0    |          | http://a.example/x",
                "a new scheme brings its usual port                | http://a.example:8080/x       | https  |             | 0    |          | https://a.example/x",
                "a new scheme and a new port                       | http://a.example:8080/x       | https  |             | 8443 |          | https://a.example:8443/x",
                "port 80 is left out of http                       | http://a.example:8080/x       | keep   |             | 80   |          | http://a.example/x",
                "port 443 is left out of https                     | https://a.example:8443/x      | keep   |             | 443  |          | https://a.example/x",
                "port 443 stays in http                            | http://a.example/x            | keep   |             | 443  |          | http://a.example:443/x",
                "port 80 stays in https                            | https://a.example/x           | keep   |             | 80   |          | https://a.example:80/x",
                "the usual port of the request is left out         | http://a.example:80/x         | keep   | b.example   | 0    |          | http://b.example/x",
                "full path replaced                                | http://a.example/old/x        | keep   |             | 0    | /new     | http://a.example/new",
                "prefix replaced                                   | http://a.example/old/x/y      | keep   |             | 0    | /new/**  | http://a.example/new/x/y",
                "prefix replaced, nothing beneath                  | http://a.example/old          | keep   |             | 0    | /new/**  | http://a.example/new",
                "prefix replaced, a slash beneath                  | http://a.example/old/         | keep   |             | 0    | /new/**  | http://a.example/new/",
                "prefix removed                                    | http://a.example/old/x        | keep   |             | 0    | /**      | http://a.example/x",
                "prefix removed, nothing beneath                   | http://a.example/old          | keep   |             | 0    | /**      | http://a.example/",
                "scheme, host, port and path at once               | http://a.example:81/old/x?q   | https  | b.example   | 9443 | /n/**    | https://b.example:9443/n/x?q",
                "an IPv6 address keeps its brackets                | http://[::1]:8080/x           | https  |             | 0    |          | https://[::1]/x",
                "an IPv6 address without a port                    | http://[2001:db8::1]/x        | keep   |             | 0    | /y       | http://[2001:db8::1]/y",
                "encoded characters stay encoded                   | http://a.example/old/caf%C3%A9| keep   |             | 0    | /new/**  | http://a.example/new/caf%C3%A9",
            })
    void leadsTo(
            String name,
            String asked,
            String scheme,
            @Nullable String host,
            int port,
            @Nullable String path,
            String there) {
        var plain = new LinkedHashMap<String, Object>(Map.of("scheme", scheme, "port", port));
        if (host != null) {
            plain.put("host", host);
        }
        if (path != null) {
            plain.put("path", path);
        }
        var pattern = path == null ? "/**" : "/old/**";
        var location = location(plain, asked.contains("/old") ? pattern : "/**");
        assertThat(location.of(asking(asked))).as(name).contains(there);
    }

    @Test
    void fillsInParametersOfThePath() {
        var location = location(Map.of("path", "/people/{id}/files/{rest**}"), "/users/{id}/{rest**}");
        assertThat(location.of(asking("http://a.example/users/7/a/b%20c?q")))
                .contains("http://a.example/people/7/files/a/b%20c?q");
    }

    @Test
    void setsAndDropsTheQuery() {
        var set = List.of(Map.of("name", "from", "value", "old"));
        assertThat(location(Map.of("set-query", set), "/**").of(asking("http://a.example/x?q=1&from=x&from=y")))
                .contains("http://a.example/x?q=1&from=old");
        assertThat(location(Map.of("set-query", set, "keep-query", false), "/**")
                        .of(asking("http://a.example/x?q=1")))
                .contains("http://a.example/x?from=old");
        assertThat(location(Map.of("keep-query", false), "/**").of(asking("http://a.example/x?q=1")))
                .contains("http://a.example/x");
    }

    @Test
    void isRelativeForAClientThatNamedNoHost() {
        assertThat(location(Map.of("path", "/new/**"), "/old/**").of(asking("", "http", "/old/x", null)))
                .contains("/new/x");
    }

    @Test
    void isNoneWhereThePathWouldHaveTwoReadings() {
        // a request that the pattern would not take, so that nothing stands where a parameter should
        assertThat(location(Map.of("path", "/{rest**}"), "/old/{rest**}")
                        .of(asking("a.example", "http", "/old//x", null)))
                .isEmpty();
    }

    private static Location location(Map<String, Object> plain, String pattern) {
        return new Location(Settings.read(Redirect.class, plain).orThrow(), PathPattern.of(pattern));
    }

    private static Exchange asking(String address) {
        var uri = URI.create(address);
        return asking(uri.getRawAuthority(), uri.getScheme(), uri.getRawPath(), uri.getRawQuery());
    }

    private static Exchange asking(String authority, String scheme, String path, @Nullable String query) {
        return new Exchange(
                "request-1",
                new RequestLine("GET", authority, path, query),
                new Client(InetAddress.getLoopbackAddress(), scheme, null),
                new Headers(),
                Body.empty(),
                Downstream.PLAIN);
    }
}
