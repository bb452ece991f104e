package dev.gatehouse.console.listing;

import java.util.List;
import java.util.Map;

/** Things of which there may be more than fit into memory: read as far as somebody looks, filtered where they are stored. */
public interface Pages<T> {

    /** How far one can scroll; whoever looks for what lies behind says more of it. */
    int MOST = 10_000;

    /** @param filters values of the list's filters by their parameter */
    List<T> page(Map<String, String> filters, int offset, int limit);

    /** How many there are, at most {@link #MOST}. */
    int count(Map<String, String> filters);
}
