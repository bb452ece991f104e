package dev.gatehouse.console.live;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One browser that is shown something new. A slow one skips what it missed, and never holds up the others. */
final class Watcher {

    private final UI ui;
    private final Runnable show;
    private final AtomicBoolean due = new AtomicBoolean();

    Watcher(UI ui, Runnable show) {
        this.ui = ui;
        this.show = show;
    }

    void wake() {
        if (due.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::push);
        }
    }

    private void push() {
        try {
            var _ = ui.access(() -> {
                due.set(false);
                show.run();
            });
        } catch (UIDetachedException e) {
            // the browser went away; its detach listener removes this
        }
    }
}
