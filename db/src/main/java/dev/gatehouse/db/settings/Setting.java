package dev.gatehouse.db.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says about a record component all that a form, a parser, a check and a reference page need. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** As it stands over the field. */
    String label();

    /** One or two sentences beneath the field. */
    String help() default "";

    /** Written name where the component's own name cannot serve; otherwise the component's name in kebab-case. */
    String name() default "";

    /** The default as it would be written; empty: a text is empty, a list is empty, anything else is required. */
    String fallback() default "";

    /** May a text be blank, a list be empty? */
    boolean optional() default false;

    /** Least number or duration, or least length of a text or list; as it would be written. */
    String min() default "";

    /** Greatest number or duration, or greatest length of a text or list; as it would be written. */
    String max() default "";

    /** Unit shown inside a number's field. */
    String unit() default "";

    /** Is it seldom said? A form folds it away until it is. */
    boolean rare() default false;

    /** Is it said by the gateway itself, of what was? A form shows it only where there is any. */
    boolean remembered() default false;

    /** What a text means and must therefore look like; {@link Format#SIZE} on a number that counts bytes. */
    Format format() default Format.TEXT;
}
