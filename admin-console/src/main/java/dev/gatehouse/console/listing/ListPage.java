package dev.gatehouse.console.listing;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;
import dev.gatehouse.console.publish.UnsavedInput;
import dev.gatehouse.console.shell.Notice;
import dev.gatehouse.db.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A list beside the thing that is open. A new revision shows by itself; what somebody is typing stays. */
public final class ListPage<T> extends Div implements BeforeEnterObserver, BeforeLeaveObserver {

    private final Notice notice = new Notice();
    private final MasterDetailLayout layout = new MasterDetailLayout();
    private final Listing<T> list;
    private final Screen<T> screen;
    private final UnsavedInput unsaved = new UnsavedInput(this::edited);
    private Address address;
    private Optional<Detail<T>> detail = Optional.empty();
    private List<T> items = List.of();
    private @Nullable Version shown;

    /** @param path of the view, without what is open in it */
    public ListPage(String path, Listing<T> list, Screen<T> screen, Poller<Fleet> fleet) {
        this.address = new Address(path, Optional.empty(), false, Map.of());
        this.list = list;
        this.screen = screen;
        addClassName("list-page");
        layout.setSizeFull();
        layout.setMaster(list);
        layout.setMasterSize("20rem");
        layout.setDetailSize("36rem");
        layout.setExpandMaster(true);
        layout.setExpandDetail(false);
        layout.setOverlaySize("100%");
        layout.addDetailEscapePressListener(_ -> close());
        layout.addBackdropClickListener(_ -> close());
        add(notice, layout);
        list.onOpen(item -> {
            list.select(opened());
            open(screen.name(item));
        });
        list.onFilter(() -> {
            address = address.with(list.filters());
            getUI().ifPresent(ui -> ui.getPage().getHistory().replaceState(null, address.location()));
        });
        fleet.bind(this, this::read);
    }

    public void open(String name) {
        go(address.opened(name));
    }

    public void create() {
        go(address.creating());
    }

    public void close() {
        go(address.closed());
    }

    /** To be told of every edit beside the list. */
    public void typed() {
        unsaved.refresh();
    }

    private void go(Address wanted) {
        getUI().ifPresent(ui -> ui.navigate(wanted.place(), wanted.query()));
    }

    private boolean edited() {
        return detail.map(Detail::edited).orElse(false);
    }

    private Optional<T> opened() {
        return address.name().flatMap(name -> screen.item(name, items));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        address = Address.of(address.path(), event);
        list.setFilters(address.parameters());
        detail = address.create()
                ? screen.create(address.parameters())
                : address.name().map(screen::open);
        layout.setDetail(detail.map(Detail::component).orElse(null));
        list.select(opened());
        if (shown != null) {
            detail.ifPresent(beside -> beside.show(opened()));
        }
        unsaved.refresh();
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        unsaved.leave(event);
    }

    private void read(Reading<Fleet> reading) {
        var now = reading.value();
        if (now.isPresent()) {
            date(reading);
            show(now.get(), reading.trouble());
        } else if (!reading.waiting()) {
            trouble(reading.trouble());
        }
    }

    /** Whoever asks a database that is away waits, and all of this admin's pages with them. */
    private void show(Fleet now, String trouble) {
        if (trouble.isEmpty() || (shown == null && !screen.moves())) {
            show(now);
        } else if (shown == null) {
            trouble(trouble);
        }
    }

    private void date(Reading<Fleet> reading) {
        setClassName("of-before", reading.stale());
        if (reading.stale()) {
            notice.say(
                    Level.BAD,
                    "PostgreSQL has not answered since " + Moments.time(reading.at()) + ".",
                    "What is shown is from then; nothing can be changed until it is back.");
        } else {
            notice.clear();
        }
    }

    private void trouble(String reason) {
        list.trouble("The database does not answer (" + reason + "). It is asked again each second.");
    }

    /** Shows that state, unless a later one is shown already. */
    public void show(Fleet now) {
        var before = shown;
        if (before != null && (later(before, now.version()) || !screen.changed(before, now))) {
            return;
        }
        try {
            items = screen.items(now);
        } catch (RuntimeException e) {
            trouble(String.valueOf(e.getMessage()));
            return;
        }
        shown = now.version();
        list.show(items);
        list.select(opened());
        detail.ifPresent(beside -> beside.show(opened()));
    }

    private static boolean later(Version a, Version b) {
        return a.epoch().equals(b.epoch()) && a.revision() > b.revision();
    }
}
