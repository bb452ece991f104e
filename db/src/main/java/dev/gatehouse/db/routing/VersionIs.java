package dev.gatehouse.db.routing;

/** The request asks for that version of an API. */
public record VersionIs(String api, String version) implements Condition {

    @Override
    public boolean holds(RequestFacts facts) {
        return facts.asksFor(api, version);
    }

    @Override
    public boolean excludes(Condition other) {
        return other instanceof VersionIs(var otherApi, var otherVersion)
                && api.equals(otherApi)
                && !version.equals(otherVersion);
    }

    @Override
    public String toString() {
        return "version " + version + " of API " + api;
    }
}
