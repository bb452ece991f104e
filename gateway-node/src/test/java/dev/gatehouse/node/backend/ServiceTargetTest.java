package dev.gatehouse.node.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTargetTest {

    @ParameterizedTest
    @CsvSource({
        "http://users,                 false, users,       80,   users,             ''",
        "https://users,                true,  users,       443,  users,             ''",
        "HTTP://Users:9101/,           false, Users,       9101, Users:9101,        ''",
        "https://10.0.0.7:8443,        true,  10.0.0.7,    8443, 10.0.0.7:8443,     ''",
        "http://[2001:db8::1]:8080,    false, 2001:db8::1, 8080, [2001:db8::1]:8080, ''",
        "http://users/base,            false, users,       80,   users,             /base",
        "http://users/base/v1/,        false, users,       80,   users,             /base/v1",
    })
    void isAnOriginAnAuthorityAndABasePath(
            String uri, boolean tls, String host, int port, String authority, String basePath) {
        assertThat(ServiceTarget.of(URI.create(uri)))
                .isEqualTo(new ServiceTarget(new Origin(tls, host, port), authority, basePath));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://users",
                "users:9101",
                "/users",
                "http:users",
                "http:///path",
                "http://user:secret@users",
                "http://users:0",
                "http://users:65536",
                "http://under_score:80",
                "http://users?a=b",
                "http://users/a?b",
                "http://users#a",
                "http://users/a//b",
                "http://users/../b",
                "http://users/%2e%2e",
                "http://users/%61",
                "http://users/a;b",
            })
    void isNothingElse(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceTarget.of(URI.create(uri)))
                .withMessageContaining("'" + uri + "' is not a target");
    }

    @Test
    void isNeededByAProxy() {
        try (var pools = new UpstreamPools()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Proxies.to(List.of(), UpstreamTerms.plain(UpstreamTimes.DEFAULT), pools))
                    .withMessage("a service needs at least one target");
        }
    }

    @Test
    void sharesThePoolOfItsOrigin() {
        try (var pools = new UpstreamPools()) {
            var pool = pools.of(at("http://users:80/a"), this);

            assertThat(pools.of(at("http://users/b"), this)).isSameAs(pool);
            assertThat(pools.of(at("https://users:80"), this)).isNotSameAs(pool);
            assertThat(pool).hasToString("http://users:80");
        }
    }

    private static Destination at(String uri) {
        return new Destination(ServiceTarget.of(URI.create(uri)).origin(), UpstreamTls.PLATFORM, false);
    }
}
