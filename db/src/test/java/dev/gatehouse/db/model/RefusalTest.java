package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "KEY_MISSING, key-missing, 401",
        "KEY_REFUSED, key-refused, 401",
        "NO_ROUTE, no-route, 404",
        "RATE_LIMITED, rate-limited, 429",
        "UPSTREAM_UNREACHABLE, upstream-unreachable, 502",
        "POOL_FULL, pool-full, 503",
        "UPSTREAM_TIMEOUT, upstream-timeout, 504"
    })
    void showsCallersAStableCode(Refusal refusal, String code, int status) {
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void blamesTheCallerOrTheServer(Refusal refusal) {
        assertThat(refusal.status()).isBetween(400, 508);
        assertThat(refusal.title()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void saysSomethingElseForEachReason() {
        assertThat(Arrays.stream(Refusal.values()).map(Refusal::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Refusal.values()).map(Refusal::title)).doesNotHaveDuplicates();
    }
}
