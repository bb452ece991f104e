package dev.gatehouse.db.routing;

/** There is no such value. */
public record ValueAbsent(Source source, String name) implements ValueCondition {

    public ValueAbsent {
        name = source.canonical(name);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        return source.value(facts, name) == null;
    }

    @Override
    public boolean excludes(Condition other) {
        return sameValue(other) && !(other instanceof ValueAbsent);
    }

    @Override
    public String toString() {
        return "no " + source + " " + name;
    }
}
