package dev.gatehouse.db.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The record may be written as the value of this one setting alone: {@code "http://…"} for {@code {url: "http://…"}}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {

    /** Written name of the setting. */
    String value();
}
