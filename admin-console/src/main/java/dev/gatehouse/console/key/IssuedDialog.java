package dev.gatehouse.console.key;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.clipboard.Clipboard;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import dev.gatehouse.console.shell.Glyph;
import dev.gatehouse.db.key.KeyText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Shows a new key, this once. Neither Escape nor a click beside closes it. */
final class IssuedDialog extends Dialog {

    /**
     * @param keys one, or several that are then shown as lines
     * @param names theirs, in their order
     */
    IssuedDialog(String title, List<KeyText> keys, List<String> names, Example example, Runnable stored) {
        addClassName("issued");
        setHeaderTitle(title);
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        setWidth("min(40rem, 100vw - 2rem)");
        var once = new Paragraph(
                keys.size() == 1
                        ? "Copy the key now: only its hash is stored, so it will not be shown again. If it is lost, issue another."
                        : "Copy the keys now: only their hashes are stored, so they will not be shown again.");
        var uses = new TabSheet();
        if (keys.size() == 1) {
            var key = keys.getFirst();
            uses.add("Key", text("Copy key", key.text()));
            uses.add("curl", curl(key, example));
            uses.add(".env", text("Copy lines", example.environment(key.text())));
        } else {
            uses.add("Names and keys", text("Copy lines", lines(keys, names)));
        }
        var body = new Div(once, uses);
        body.addClassName("issued-body");
        uses.addThemeVariants(TabSheetVariant.AURA_NO_BORDER, TabSheetVariant.NO_PADDING);
        add(body);
        var done = new Button(keys.size() == 1 ? "I have stored the key" : "I have stored the keys", _ -> {
            close();
            stored.run();
        });
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
    }

    private static String lines(List<KeyText> keys, List<String> names) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> names.get(i) + " " + keys.get(i).text())
                .collect(Collectors.joining("\n"));
    }

    private static Component curl(KeyText key, Example example) {
        return example.curl(key.text())
                .map(curl -> text("Copy command", curl))
                .orElseGet(
                        () -> new Paragraph("There is no route yet that asks for a key. Publish one, then call it."));
    }

    private static Component text(String action, String text) {
        var shown = new Pre(text);
        shown.addClassNames("code", "secret");
        shown.getElement().setAttribute("tabindex", "0");
        var copy = new Button(action, Glyph.COPY.create());
        Clipboard.onClick(copy)
                .writeText(
                        text,
                        _ -> copy.setText("Copied"),
                        _ -> copy.setText("The browser did not allow it; select and copy"));
        var place = new Div(shown, copy);
        place.addClassName("issued-use");
        return place;
    }
}
