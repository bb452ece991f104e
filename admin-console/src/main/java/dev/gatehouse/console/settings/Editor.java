package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value as it stands on the screen. Plain values go in and come out; what is wrong with it is shown beside it. */
interface Editor {

    Component component();

    /** @param plain null: nothing is written, so the default is shown */
    void show(@Nullable Object plain);

    /** Null when nothing is written, so that the default holds. */
    @Nullable
    Object plain();

    /**
     * Shows these problems and no others.
     *
     * @return the first field that shows one
     */
    Optional<Editor> tell(Findings findings);

    void focus();
}
