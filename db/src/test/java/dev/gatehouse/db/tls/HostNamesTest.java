package dev.gatehouse.db.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a.example.com,a.example.com,true",
        "a.example.com,b.example.com,false",
        "*.example.com,a.example.com,true",
        "*.example.com,*.example.com,true",
        "*.example.com,example.com,false",
        "*.example.com,.example.com,false",
        "*.example.com,a.b.example.com,false",
        "*.example.com,a.example.org,false",
        "*.com,example.com,true",
        "a.example.com,*.example.com,false",
        "localhost,localhost,true",
        "*,localhost,false"
    })
    void letsAWildcardStandForOneLabel(String pattern, String host, boolean covered) {
        assertThat(HostNames.covers(pattern, host)).isEqualTo(covered);
    }
}
