package dev.gatehouse.console.publish;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import dev.gatehouse.console.live.Fleet;
import dev.gatehouse.console.live.Poller;
import dev.gatehouse.console.live.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Follows a revision to the nodes; goes once all have it, or when closed. */
final class Landing extends Notification {

    private static final Duration OFFERED = Duration.ofSeconds(10);
    private static final Duration SHOWN_LANDED = Duration.ofSeconds(6);
    private static final Duration SHOWN_AT_MOST = Duration.ofMinutes(1);

    private final long revision;
    private final Optional<Instant> publishedAt;
    private final Span text = new Span();
    private final Div content = new Div();
    private final Button undo = new Button("Undo");
    private final Instant opened;
    private Optional<Instant> landed = Optional.empty();

    /** @param publishedAt on the database's clock */
    Landing(long revision, Optional<Instant> publishedAt, Poller<Fleet> fleet) {
        this.revision = revision;
        this.publishedAt = publishedAt;
        opened = fleet.current().asked();
        setPosition(Position.BOTTOM_START);
        setDuration(0);
        text.addClassName("state");
        undo.addThemeVariants(ButtonVariant.TERTIARY);
        undo.setVisible(false);
        var close = new Button(VaadinIcon.CLOSE_SMALL.create(), _ -> close());
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel("Close");
        content.addClassName("landing");
        content.add(text, undo, close);
        add(content);
        fleet.bind(content, this::show);
    }

    /** Whatever followed an earlier revision in this browser window makes way. */
    void openInsteadOfTheLast(UI ui) {
        Optional.ofNullable(ComponentUtil.getData(ui, Landing.class)).ifPresent(Landing::close);
        ComponentUtil.setData(ui, Landing.class, this);
        open();
    }

    void offer(Runnable back) {
        undo.setVisible(true);
        undo.setDisableOnClick(true);
        undo.addClickListener(_ -> {
            close();
            back.run();
        });
    }

    private void show(Reading<Fleet> reading) {
        var progress = reading.value()
                .map(known -> Progress.of(revision, publishedAt, known))
                .orElseGet(() -> Progress.published(revision));
        text.setText(progress.sentence());
        text.getElement().setAttribute("data-level", progress.level().name().toLowerCase(Locale.ROOT));
        var now = reading.asked();
        if (progress.done() && landed.isEmpty()) {
            landed = Optional.of(now);
        }
        if (longer(OFFERED, opened, now)) {
            undo.setVisible(false);
        }
        boolean seen = landed.isPresent() && longer(SHOWN_LANDED, landed.get(), now);
        if (longer(SHOWN_AT_MOST, opened, now) || (seen && !undo.isVisible())) {
            close();
        }
    }

    private static boolean longer(Duration limit, Instant from, Instant until) {
        return Duration.between(from, until).compareTo(limit) > 0;
    }
}
