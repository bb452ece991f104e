package dev.gatehouse.node.identity;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Equal things once, each under a number. One thread adds; others may look up a number that was handed to them after
 * the adding.
 */
final class Interned<T> {

    private final Map<T, Integer> numbers = new HashMap<>();
    private Object[] things = new Object[16];

    int of(T thing) {
        var known = numbers.get(thing);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        if (number == things.length) {
            things = Arrays.copyOf(things, number * 2);
        }
        things[number] = thing;
        numbers.put(thing, number);
        return number;
    }

    @SuppressWarnings("unchecked")
    T get(int number) {
        return (T) things[number];
    }

    /** For the thread that adds. */
    int size() {
        return numbers.size();
    }
}
