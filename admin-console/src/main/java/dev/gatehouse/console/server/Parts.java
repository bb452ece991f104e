package dev.gatehouse.console.server;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What views may ask for in their constructors: the components of one record, found by their type. */
public final class Parts {

    private static final String ATTRIBUTE = Parts.class.getName();

    private final Map<Type, Object> byType;

    private Parts(Map<Type, Object> byType) {
        this.byType = byType;
    }

    /** @param parts a public record; no two of its components may have the same type */
    public static Parts of(Record parts) {
        return new Parts(Arrays.stream(parts.getClass().getRecordComponents())
                .collect(Collectors.toUnmodifiableMap(component -> component.getGenericType(), component -> {
                    try {
                        return component.getAccessor().invoke(parts);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalArgumentException(e);
                    }
                })));
    }

    public void keepIn(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    static @Nullable Parts in(ServletContext context) {
        return (Parts) context.getAttribute(ATTRIBUTE);
    }

    /** Can that constructor be called with what there is? */
    boolean fit(Constructor<?> constructor) {
        return byType.keySet().containsAll(Arrays.asList(constructor.getGenericParameterTypes()));
    }

    Object[] argumentsOf(Constructor<?> constructor) {
        return Arrays.stream(constructor.getGenericParameterTypes())
                .map(byType::get)
                .toArray();
    }
}
