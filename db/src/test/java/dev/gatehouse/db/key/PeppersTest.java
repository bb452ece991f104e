package dev.gatehouse.db.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeppersTest {

    private static final KeyText KEY = KeyText.create("live");

    @Test
    void takesASinglePepperForTheFirst() {
        assertThat(Peppers.read("sixteen letters!").all())
                .singleElement()
                .satisfies(
                        pepper -> assertThat(pepper.hash(KEY)).isEqualTo(new Pepper(1, "sixteen letters!").hash(KEY)));
    }

    @Test
    void hashesNewKeysWithTheHighestNumberAndKnowsAll() {
        var peppers = Peppers.read("1:sixteen letters!, 12:another pepper of many letters,3:a third one of letters");
        assertThat(peppers.all()).extracting(Pepper::version).containsExactly(12, 3, 1);
        assertThat(peppers.newest().version()).isEqualTo(12);
        assertThat(peppers.oldest().hash(KEY)).isEqualTo(new Pepper(1, "sixteen letters!").hash(KEY));
    }

    @Test
    void takesACommaWithinAPepperForAPartOfIt() {
        assertThat(Peppers.read("1:a pepper, with a comma,2:another pepper, with one")
                        .all())
                .extracting(pepper -> pepper.hash(KEY))
                .containsExactly(
                        new Pepper(2, "another pepper, with one").hash(KEY),
                        new Pepper(1, "a pepper, with a comma").hash(KEY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1:sixteen letters!,1:sixteen letters? | number 1 stands there twice
            2:short | must have at least 16
            short | must have at least 16
            """)
    void refusesWhatIsNoneAndDoesNotRepeatIt(String text, String reason) {
        assertThatThrownBy(() -> Peppers.read(text))
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("letters!");
    }

    @Test
    void keepsImportedKeysApartFromOurs() {
        var pepper = new Pepper(1, "sixteen letters!");
        assertThat(pepper.hashImported(KEY.text())).isNotEqualTo(pepper.hash(KEY));
    }
}
