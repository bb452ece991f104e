package dev.gatehouse.console.settings;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.html.Div;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A form for any annotated record. Values go in and come out as {@link Settings#read} takes them; whatever was typed
 * stays until other values are shown.
 */
public final class SettingsForm extends Div {

    /** Tells of the first key at once, as a server listener could only by sending what is half typed along with it. */
    private static final String TELL_OF_TYPING = """
            let pause = 0;
            this.addEventListener('input', () => {
                if (!pause) this.$server.typing(true);
                clearTimeout(pause);
                pause = setTimeout(() => { pause = 0; this.$server.typing(false); }, $0);
            });
            """;

    private final Group root;
    private final List<Runnable> listeners = new ArrayList<>();
    private Function<Map<String, Object>, List<Problem>> rules;
    private Map<String, Object> shown = Map.of();
    private boolean typing;

    /** @param names which things of a kind there are, for fields that name one */
    public SettingsForm(Class<? extends Record> type, Function<Kind, ? extends Collection<String>> names) {
        rules = plain -> Settings.read(type, plain).problems();
        root = Group.plain(Definition.of(type), new Drawing(names, this::typed));
        addClassName("settings-form");
        add(root.component());
        show(Map.of());
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        getElement().executeJs(TELL_OF_TYPING, 2 * Drawing.TYPING_STOPPED_MILLIS);
    }

    /** Called by the browser: what is typed arrives only once typing stops, and must not be replaced before. */
    @ClientCallable
    void typing(boolean begun) {
        typing = begun;
        listeners.forEach(Runnable::run);
    }

    /** What a value must keep to, asked each time typing stops; without it, the record's own rules. */
    public void setRules(Function<Map<String, Object>, List<Problem>> rules) {
        this.rules = rules;
    }

    public void addEditListener(Runnable listener) {
        listeners.add(listener);
    }

    /** From now on these are the values that count as unedited. */
    public void show(Map<String, Object> plain) {
        root.show(plain.isEmpty() ? null : plain);
        shown = plain();
        typing = false;
    }

    public Map<String, Object> plain() {
        return root.plain();
    }

    /** Does anything differ from what was shown, or is about to? */
    public boolean edited() {
        return typing || !plain().equals(shown);
    }

    private void typed() {
        root.tell(new Findings(rules.apply(plain()), false));
        listeners.forEach(Runnable::run);
    }

    /** Shows every problem there is, and moves to the first. @return is there none? */
    public boolean check() {
        return tell(rules.apply(plain()));
    }

    /** Shows these problems, each beside its field, and moves to the first. @return is there none? */
    public boolean tell(List<Problem> problems) {
        var first = root.tell(new Findings(problems, true));
        first.ifPresent(Editor::focus);
        return problems.isEmpty();
    }

    public void focus() {
        root.focus();
    }
}
