package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BriefTest {

    @Test
    void leavesATextOfOneLineAsItIs() {
        assertThat(Brief.of("http://users:9101")).isEqualTo("http://users:9101");
    }

    @Test
    void tellsLinesAndSecretsOnlyApart() {
        assertThat(Brief.of("a\nb\n")).matches("2 lines \\([0-9a-f]{8}\\)").isEqualTo(Brief.of("a\nb\n"));
        assertThat(Brief.of("a\nb\n")).isNotEqualTo(Brief.of("a\nc\n"));
        var encrypted = Sealed.of(3, new byte[64]).toString();
        assertThat(Brief.of(encrypted))
                .matches("encrypted with key 3 \\([0-9a-f]{8}\\)")
                .isNotEqualTo(Brief.of(Sealed.of(3, new byte[65]).toString()));
    }
}
