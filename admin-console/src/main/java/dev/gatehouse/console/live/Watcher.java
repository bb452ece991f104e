package dev.gatehouse.console.live;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One browser that is shown something new. A slow one skips what it missed, and never holds up the others. */
final class Watcher {

    private final UI ui;
    private final Runnable show;
    private final AtomicBoolean due = new AtomicBoolean();
    /** Guarded by the browser's lock. */
    private boolean met;

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
                if (reached()) {
                    show.run();
                }
            });
        } catch (UIDetachedException e) {
            // the browser went away; its detach listener removes this
        }
    }

    /** For one that fell silent, changes would pile up until it is given up, a quarter of an hour later. */
    private boolean reached() {
        var push = ui.getInternals().getPushConnection();
        boolean connected = push != null && push.isConnected();
        met |= connected;
        return connected || !met;
    }
}
