package dev.gatehouse.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One field. It shows a problem only once somebody has written something into it, or tried to publish. */
final class Leaf<V, C extends Component & HasValue<?, V> & HasValidation> implements Editor {

    private final C field;
    private final Function<@Nullable Object, V> shown;
    private final Function<V, @Nullable Object> written;
    private boolean showing;
    private boolean touched;

    /**
     * @param shown what the field holds for a plain value
     * @param written what the field's value is as a plain one
     */
    Leaf(C field, Function<@Nullable Object, V> shown, Function<V, @Nullable Object> written, Runnable edited) {
        this.field = field;
        this.shown = shown;
        this.written = written;
        field.setManualValidation(true);
        field.addValueChangeListener(_ -> {
            if (!showing) {
                touched = true;
                edited.run();
            }
        });
    }

    @Override
    public Component component() {
        return field;
    }

    @Override
    public void show(@Nullable Object plain) {
        showing = true;
        field.setValue(shown.apply(plain));
        showing = false;
        touched = plain != null;
        field.setInvalid(false);
    }

    @Override
    public @Nullable Object plain() {
        return written.apply(field.getValue());
    }

    @Override
    public Optional<Editor> tell(Findings findings) {
        touched |= findings.everywhere();
        var message = touched ? findings.message() : Optional.<String>empty();
        message.ifPresent(field::setErrorMessage);
        field.setInvalid(message.isPresent());
        return message.map(_ -> this);
    }

    @Override
    public void focus() {
        // with what is wrong with it: a browser shows as little of what it moves to as it can
        field.getElement().executeJs("this.focus(); this.scrollIntoView({ block: 'center' });");
    }
}
