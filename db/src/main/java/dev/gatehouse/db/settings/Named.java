package dev.gatehouse.db.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The written name of one alternative of a sealed interface; stored, so it never follows a renamed class. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {

    /** Kebab-case. */
    String value();

    String label();

    String help() default "";
}
