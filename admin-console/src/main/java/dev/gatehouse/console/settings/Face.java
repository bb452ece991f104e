package dev.gatehouse.console.settings;

import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.settings.Definition;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How a setting is presented.
 *
 * @param quiet the label is for screen readers only: what stands around says it already
 * @param kind what the setting names, when it is the name of a thing
 */
record Face(String label, Setting setting, boolean quiet, boolean required, Optional<Kind> kind) {

    static Face of(Definition.Field field) {
        return new Face(field.setting().label(), field.setting(), false, field.required(), kind(field));
    }

    /** Of one element of a list that has this face. */
    Face element() {
        return new Face(capital(one()), setting, true, true, kind);
    }

    /** The same, its label only for screen readers. */
    Face whispered(String label) {
        return new Face(label, setting, true, required, kind);
    }

    /** The label as a word for one of many: {@code policy} of {@code Policies}. */
    String one() {
        var word = label.toLowerCase(Locale.ROOT);
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("uses")) {
            return word.substring(0, word.length() - 2);
        }
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** A name called {@code service} names a service, and {@code consumers} name consumers. */
    private static Optional<Kind> kind(Definition.Field field) {
        var shape = field.shape() instanceof Shape.Many many ? many.element() : field.shape();
        return shape instanceof Shape.Text text && text.format() == Format.NAME
                ? Arrays.stream(Kind.values())
                        .filter(kind -> names(field.name(), kind))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean names(String setting, Kind kind) {
        return setting.equals(kind.toString())
                || setting.equals(kind + "s")
                || (kind == Kind.CLIENT_TYPE && setting.equals("clients"))
                || (kind == Kind.CONSUMER && setting.equals("anonymous"));
    }
}
