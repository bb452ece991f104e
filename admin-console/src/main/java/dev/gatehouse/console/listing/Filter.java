package dev.gatehouse.console.listing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One way to see less of a list.
 *
 * @param parameter its name in the address
 * @param takes whether an item is seen while that value is chosen
 */
record Filter<T>(String parameter, HasValue<?, String> field, BiPredicate<T, String> takes) {

    Component component() {
        return (Component) field;
    }

    Optional<String> value() {
        @Nullable String value = field.getValue();
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    void show(@Nullable String value) {
        if (value == null) {
            field.clear();
        } else {
            field.setValue(value);
        }
    }

    boolean takes(T item) {
        return value().map(value -> takes.test(item, value)).orElse(true);
    }
}
