package dev.gatehouse.console.listing;

import com.vaadin.flow.component.Component;
import java.util.Optional;

/** What stands beside the list. */
public interface Detail<T> {

    Component component();

    /**
     * Shows the thing as it is now; what somebody typed stays.
     *
     * @param item empty when there is no such thing, or not yet
     */
    void show(Optional<T> item);

    /** Has anything been typed that would be lost? */
    default boolean edited() {
        return false;
    }
}
