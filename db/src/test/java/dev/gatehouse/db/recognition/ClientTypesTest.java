package dev.gatehouse.db.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.model.ClientSign;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.model.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientTypesTest {

    private final Map<String, ClientType> types = new HashMap<>();

    private void type(String name, int priority, ClientSign... signs) {
        types.put(name, new ClientType(List.of(signs), priority));
    }

    private Facts request() {
        return Facts.of(new Snapshot(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), types), "/users");
    }

    private @Nullable String agent(String userAgent) {
        return request().with("User-Agent", userAgent).clientType();
    }

    @Test
    void recognisesAConsumer() {
        type("partner", 0, new ClientSign.ByConsumer(List.of("shop", "bank")));
        assertThat(request().by("bank").clientType()).isEqualTo("partner");
        assertThat(request().by("mill").clientType()).isNull();
        assertThat(request().clientType()).isNull();
    }

    @Test
    void recognisesAHeader() {
        type("one", 0, new ClientSign.ByHeader("X-Client", "tv", ""));
        type("two", 0, new ClientSign.ByHeader("X-Client", "", "iot-[0-9]+"));
        type("unsaid", -1, new ClientSign.ByHeader("X-Client", "", ""));
        assertThat(request().with("x-client", "tv").clientType()).isEqualTo("one");
        assertThat(request().with("x-client", "iot-7").clientType()).isEqualTo("two");
        assertThat(request().with("x-client", "my iot-7").clientType()).isEqualTo("unsaid");
        assertThat(request().clientType()).isNull();
    }

    @Test
    void recognisesAUserAgent() {
        type("mobile", 0, new ClientSign.ByUserAgent("OkHttp", ""), new ClientSign.ByUserAgent("", "(?i)shop-app/.*"));
        assertThat(agent("okhttp/4.12.0")).isEqualTo("mobile");
        assertThat(agent("Shop-App/7 (iOS)")).isEqualTo("mobile");
        assertThat(agent("Mozilla/5.0")).isNull();
        assertThat(request().clientType()).isNull();
    }

    @Test
    void recognisesTheSubjectOfACertificate() {
        type("till", 0, new ClientSign.ByTlsSubject("ou=shops", ""), new ClientSign.ByTlsSubject("", "CN=till-[0-9]+"));
        assertThat(request().showing("CN=a,OU=Shops,O=Example").clientType()).isEqualTo("till");
        assertThat(request().showing("CN=till-12").clientType()).isEqualTo("till");
        assertThat(request().showing("CN=till-12,O=Evil").clientType()).isNull();
        assertThat(request().clientType()).isNull();
    }

    @Test
    void takesTheFirstByPriorityThenByName() {
        var all = new ClientSign.ByHeader("X-Client", "", "");
        type("b", 5, all);
        type("a", 5, all);
        type("z", 6, new ClientSign.ByHeader("X-Client", "tv", ""));
        type("c", 4, all);
        assertThat(request().with("x-client", "tv").clientType()).isEqualTo("z");
        assertThat(request().with("x-client", "other").clientType()).isEqualTo("a");
    }
}
