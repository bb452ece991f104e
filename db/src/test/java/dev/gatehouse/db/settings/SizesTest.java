package dev.gatehouse.db.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({
        "0B,0",
        "1B,1",
        "1023B,1023",
        "1KiB,1024",
        "1025B,1025",
        "10MiB,10485760",
        "1536KiB,1572864",
        "1TiB,1099511627776"
    })
    void writesInTheGreatestUnitThatDividesAndReadsItBack(String written, long bytes) {
        assertThat(Sizes.write(bytes)).isEqualTo(written);
        assertThat(Sizes.read(written)).contains(bytes);
    }

    @Test
    void takesANumberAloneForBytesAndASpaceBeforeTheUnit() {
        assertThat(Sizes.read("1500")).contains(1_500L);
        assertThat(Sizes.read(" 2 MiB ")).contains(2L << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5MiB", "10MB", "10mib", "1 0", "9999999999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThat(Sizes.read(text)).isEmpty();
    }
}
