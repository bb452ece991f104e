package dev.gatehouse.db.routing;

/** There is such a value, whatever it is. */
public record ValuePresent(Source source, String name) implements ValueCondition {

    public ValuePresent {
        name = source.canonical(name);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        return source.value(facts, name) != null;
    }

    @Override
    public boolean excludes(Condition other) {
        return sameValue(other) && other instanceof ValueAbsent;
    }

    @Override
    public void fulfil(ExampleRequest request) {
        request.setIfAbsent(source, name, "1");
    }

    @Override
    public String toString() {
        return source + " " + name;
    }
}
