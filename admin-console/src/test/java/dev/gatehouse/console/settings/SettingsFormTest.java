package dev.gatehouse.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.BrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasAriaLabel;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettingsFormTest extends BrowserlessTest {

    private static final Map<String, Object> FULL = Map.ofEntries(
            Map.entry("title", "Mill"),
            Map.entry("note", "by the brook"),
            Map.entry("service", "brooms"),
            Map.entry("floors", 4),
            Map.entry("cellar", false),
            Map.entry("rest", "5m"),
            Map.entry("roof", "slate"),
            Map.entry("materials", List.of("straw", "tiles")),
            Map.entry("doors", List.of("http://front", "http://back")),
            Map.entry("animals", List.of(Map.of("dog", Map.of("bite", 5)), Map.of("cat", Map.of("lives", 7)))),
            Map.entry("guard", Map.of("dog", Map.of())),
            Map.entry("rooms", Map.of("kitchen", "http://kitchen")),
            Map.entry("corner", Map.of("across", 2)),
            Map.entry("gas", Map.of("pressure", 7)),
            Map.entry("age", "2d"));

    private final SettingsForm form = new SettingsForm(House.class, _ -> List.of("brooms", "brushes"));

    @BeforeEach
    void show() {
        UI.getCurrent().add(form);
    }

    @Test
    void givesBackWhatItWasGivenInEveryShape() {
        form.show(FULL);

        assertThat(read()).isEqualTo(Settings.read(House.class, FULL).orThrow());
        assertThat(Settings.write(read()))
                .isEqualTo(Settings.write(Settings.read(House.class, FULL).orThrow()));
        assertThat(form.edited()).isFalse();
    }

    @Test
    void fillsInDefaultsWithoutCallingThemEdited() {
        assertThat(field(TextField.class, "Floors").getValue()).isEqualTo("2");
        assertThat(field(RadioButtonGroup.class, "Roof").getValue()).isEqualTo("tiles");
        assertThat(form.edited()).isFalse();
    }

    @Test
    void foldsWhatHasItsDefaultsAndUnfoldsWhatIsSaidOrWrong() {
        var corner = find(NativeDetails.class).single();
        assertThat(corner.isOpen()).isFalse();

        form.tell(List.of(new Problem("corner.down", "is too deep")));
        assertThat(corner.isOpen()).isTrue();

        corner.setOpen(false);
        form.show(FULL);
        assertThat(corner.isOpen()).isTrue();
    }

    @Test
    void saysNothingOfAFieldBeforeSomebodyWroteIntoIt() {
        test(field(TextField.class, "Floors")).setValue("12");

        assertThat(problem("Floors")).isEqualTo("'12' is refused: must be a whole number from 1 to 9.");
        assertThat(problem("Title")).isEmpty();
    }

    @Test
    void showsEveryProblemBesideItsFieldWhenAsked() {
        form.show(Map.of("floors", "many", "doors", List.of("nowhere")));

        assertThat(form.check()).isFalse();

        assertThat(problem("Title")).isEqualTo("Must be given.");
        assertThat(problem("Floors")).startsWith("'many' is refused");
        assertThat(problem("Door")).startsWith("'nowhere' is refused");
        assertThat(field(TextField.class, "Floors").getValue()).isEqualTo("many");
    }

    @Test
    void showsARuleOfTheWholeBesideTheFieldItNames() {
        form.show(FULL);
        test(field(TextField.class, "Floors")).setValue("9");

        roof().setValue("straw");

        assertThat(((HasValidation) roof()).getErrorMessage()).isEqualTo("Straw does not carry nine floors.");
    }

    @Test
    void callsOneOfManyByItsName() {
        var setting = Definition.of(House.class).fields().getFirst().setting();
        assertThat(Stream.of("Policies", "Addresses", "Bonuses", "Statuses", "Doors", "Split")
                        .map(label -> new Face(label, setting, false, false, Optional.empty()).one()))
                .containsExactly("policy", "address", "bonus", "status", "door", "split");
    }

    @Test
    void forgetsAProblemOnceItIsMended() {
        test(field(TextField.class, "Floors")).setValue("12");
        test(field(TextField.class, "Floors")).setValue("3");

        assertThat(problem("Floors")).isEmpty();
    }

    @Test
    void addsAndRemovesElements() {
        form.show(FULL);
        press("Remove door 1");
        press("Add door");
        test(doors().getLast()).setValue("http://side");

        assertThat(read().doors()).containsExactly(new House.Door("http://back"), new House.Door("http://side"));
        assertThat(form.edited()).isTrue();
    }

    @Test
    void keepsTheOrderInWhichChoicesWereWritten() {
        form.show(FULL);

        materials().setValue(Set.of("slate", "tiles", "straw"));

        assertThat(read().materials()).containsExactly(House.Roof.STRAW, House.Roof.TILES, House.Roof.SLATE);
    }

    @Test
    void movesCardsAndForgetsRemovedOnes() {
        form.show(FULL);
        press("Move down: Dog");
        assertThat(read().animals()).containsExactly(new House.Cat(7), new House.Dog(5));

        press("Remove: Cat");
        assertThat(read().animals()).containsExactly(new House.Dog(5));
    }

    @Test
    @SuppressWarnings("unchecked")
    void bringsBackWhatWasWrittenUnderAnotherKind() {
        form.show(Map.of("guard", Map.of("cat", Map.of("lives", 7))));
        var guard = (RadioButtonGroup<String>) field(RadioButtonGroup.class, "Guard");

        guard.setValue("dog");
        guard.setValue("cat");

        assertThat(form.plain().get("guard")).isEqualTo(Map.of("cat", Map.of("lives", "7")));
    }

    @Test
    @SuppressWarnings("unchecked")
    void beginsAChoiceThatMustBeMadeWithItsFirst() {
        var heating = (RadioButtonGroup<String>) field(RadioButtonGroup.class, "Heating");

        assertThat(heating.getValue()).isEqualTo("gas");
        assertThat(form.plain()).containsKey("gas").doesNotContainKeys("wood", "heating");
        assertThat(form.edited()).isFalse();
    }

    @Test
    @SuppressWarnings("unchecked")
    void writesAChoiceBesideTheOtherSettingsAndItsProblemsBesideItsFields() {
        form.show(FULL);
        var heating = (RadioButtonGroup<String>) field(RadioButtonGroup.class, "Heating");

        heating.setValue("wood");
        test(field(TextField.class, "Logs")).setValue("99");
        form.check();

        assertThat(form.plain()).containsEntry("wood", Map.of("logs", "99")).doesNotContainKey("gas");
        assertThat(problem("Logs")).isEqualTo("'99' is refused: must be a whole number from 1 to 9.");
        heating.setValue("gas");
        assertThat(form.plain()).containsEntry("gas", Map.of("pressure", "7"));
        assertThat(form.edited()).isFalse();
    }

    @Test
    @SuppressWarnings("unchecked")
    void keepsANameThatNobodyKnows() {
        form.show(Map.of("service", "mops"));

        assertThat(((ComboBox<String>) field(ComboBox.class, "Service")).getValue())
                .isEqualTo("mops");
        assertThat(form.plain().get("service")).isEqualTo("mops");
    }

    @Test
    void letsADefaultHoldWhereTheFieldIsEmptied() {
        form.show(FULL);

        test(field(TextField.class, "Rest")).setValue("");

        assertThat(read().rest()).hasSeconds(90);
    }

    @Test
    void showsWhatConcernsNoFieldOnceAndNotBesideAnother() {
        form.tell(List.of(new Problem("", "The database did not answer.")));

        assertThat(form.getElement().getTextRecursively()).contains("The database did not answer.");
        assertThat(problem("Title")).isEmpty();
    }

    private House read() {
        return Settings.read(House.class, form.plain()).orThrow();
    }

    private <T extends Component> T field(Class<T> type, String label) {
        return find(type)
                .withCondition(field -> labelled(field, label) || named(field, label))
                .single();
    }

    private static boolean labelled(Component field, String label) {
        return field instanceof HasLabel labelled && label.equals(labelled.getLabel());
    }

    private static boolean named(Component field, String label) {
        return field instanceof HasAriaLabel named
                && named.getAriaLabel().filter(label::equals).isPresent();
    }

    private String problem(String label) {
        var field = field(TextField.class, label);
        return field.isInvalid() ? field.getErrorMessage() : "";
    }

    private List<TextField> doors() {
        return find(TextField.class)
                .withCondition(
                        field -> field.getAriaLabel().filter("Door"::equals).isPresent())
                .all();
    }

    @SuppressWarnings("unchecked")
    private RadioButtonGroup<String> roof() {
        return field(RadioButtonGroup.class, "Roof");
    }

    @SuppressWarnings("unchecked")
    private CheckboxGroup<String> materials() {
        return field(CheckboxGroup.class, "Materials");
    }

    private void press(String name) {
        test(find(Button.class)
                        .withCondition(button -> button.getText().equals(name)
                                || button.getAriaLabel().filter(name::equals).isPresent())
                        .single())
                .click();
    }
}
