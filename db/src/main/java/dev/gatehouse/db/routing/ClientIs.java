package dev.gatehouse.db.routing;

import java.util.Collections;
import java.util.List;

/** The client is of one of these types. */
public record ClientIs(List<String> types) implements Condition {

    public ClientIs {
        types = List.copyOf(types);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        var type = facts.clientType();
        return type != null && types.contains(type);
    }

    /** A client is of one type at most. */
    @Override
    public boolean excludes(Condition other) {
        return other instanceof ClientIs(var others) && Collections.disjoint(types, others);
    }

    @Override
    public String toString() {
        return "a client of type " + String.join(" or ", types);
    }
}
