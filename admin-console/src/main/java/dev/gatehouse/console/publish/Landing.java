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
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Follows a revision to the nodes; goes once all have it, or when closed. */
final class Landing extends Notification {

    private static final long OFFERED = TimeUnit.SECONDS.toNanos(10);
    private static final long SHOWN_LANDED = TimeUnit.SECONDS.toNanos(6);
    private static final long SHOWN_AT_MOST = TimeUnit.SECONDS.toNanos(60);

    private final long revision;
    private final Optional<Instant> publishedAt;
    private final Span text = new Span();
    private final Div content = new Div();
    private final Button undo = new Button("Undo");
    private final long opened = System.nanoTime();
    private OptionalLong landed = OptionalLong.empty();

    /** @param publishedAt on the database's clock */
    Landing(long revision, Optional<Instant> publishedAt, Poller<Fleet> fleet) {
        this.revision = revision;
        this.publishedAt = publishedAt;
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
        long now = System.nanoTime();
        if (progress.done() && landed.isEmpty()) {
            landed = OptionalLong.of(now);
        }
        if (now - opened > OFFERED) {
            undo.setVisible(false);
        }
        boolean seen = landed.isPresent() && now - landed.getAsLong() > SHOWN_LANDED;
        if (now - opened > SHOWN_AT_MOST || (seen && !undo.isVisible())) {
            close();
        }
    }
}
