package dev.gatehouse.db.routing;

/** The value is exactly that text. */
public record ValueIs(Source source, String name, String value) implements ValueCondition {

    public ValueIs {
        name = source.canonical(name);
    }

    @Override
    public boolean holds(RequestFacts facts) {
        return value.equals(source.value(facts, name));
    }

    @Override
    public boolean excludes(Condition other) {
        return sameValue(other)
                && switch (other) {
                    case ValueIs is -> !is.value.equals(value);
                    case ValueMatches matches -> !matches.accepts(value);
                    default -> other instanceof ValueAbsent;
                };
    }

    @Override
    public void fulfil(ExampleRequest request) {
        request.set(source, name, value);
    }

    @Override
    public String toString() {
        return source + " " + name + ": " + value;
    }
}
