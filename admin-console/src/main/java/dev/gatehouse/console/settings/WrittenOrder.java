package dev.gatehouse.console.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps a list in the order in which it was written while it is shown as a set: what nobody edits does not change. */
final class WrittenOrder {

    private final List<String> usual;
    private List<String> first = List.of();

    /** @param usual the order of what is added */
    WrittenOrder(List<String> usual) {
        this.usual = usual;
    }

    Set<String> chosen(@Nullable Object plain) {
        first = plain instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new LinkedHashSet<>(first);
    }

    List<String> listed(Set<String> chosen) {
        var listed = first.stream().filter(chosen::contains).collect(Collectors.toCollection(ArrayList::new));
        usual.stream()
                .filter(choice -> chosen.contains(choice) && !first.contains(choice))
                .forEach(listed::add);
        return listed;
    }
}
