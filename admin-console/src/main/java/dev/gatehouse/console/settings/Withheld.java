package dev.gatehouse.console.settings;

import com.vaadin.flow.component.textfield.TextArea;
import org.jspecify.annotations.Nullable;

/** Keeps a secret out of the browser: the field only says that there is one, and while nothing is typed the value stays. */
final class Withheld {

    private final TextArea field;
    private @Nullable Object kept;

    Withheld(TextArea field) {
        this.field = field;
    }

    /** @param plain the value, which is not shown */
    String shown(@Nullable Object plain) {
        kept = plain;
        field.setPlaceholder(plain == null ? "" : "Stored, not shown. Paste another one to replace it.");
        return "";
    }

    @Nullable
    Object written(@Nullable String typed) {
        return typed == null || typed.isBlank() ? kept : typed;
    }
}
