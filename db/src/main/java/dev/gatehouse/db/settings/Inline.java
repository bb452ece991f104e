package dev.gatehouse.db.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The settings of this component, itself a record, are written beside its neighbours, not beneath a name, and what it
 * checks is checked with them. Where it is a sealed interface, exactly one of its alternatives stands there under the
 * alternative's name; such a component has a {@link Setting} too.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Inline {}
