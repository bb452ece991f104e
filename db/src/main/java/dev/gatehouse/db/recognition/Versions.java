package dev.gatehouse.db.recognition;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.db.model.VersionNaming;
import dev.gatehouse.db.routing.RequestFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which version of one API a request asks for. Immutable. */
public final class Versions {

    private final String name;
    private final Api api;
    private final Map<String, ApiVersion> byName = new HashMap<>();
    private final Set<String> shapes = new HashSet<>();
    private final String all;

    /** @param name of the API */
    public Versions(String name, Api api) {
        this.name = name;
        this.api = api;
        api.versions().forEach(version -> {
            byName.put(version.name(), version);
            shapes.add(shape(version.name()));
        });
        all = String.join(", ", api.versions().stream().map(ApiVersion::name).toList());
    }

    public Api api() {
        return api;
    }

    public Asked asked(RequestFacts facts) {
        for (var way : api.namedBy()) {
            var named = named(way, facts);
            if (named != null) {
                return of(named, Optional.of(way), facts);
            }
        }
        return api.defaultVersion().isEmpty()
                ? new Asked.Refused(
                        Refusal.VERSION_MISSING,
                        "A version of API '" + name + "' must be named; there are " + all + ".",
                        Optional.empty())
                : of(api.defaultVersion(), Optional.empty(), facts);
    }

    /** What stands where a version is named; null where nothing does. */
    private @Nullable String named(VersionNaming way, RequestFacts facts) {
        return switch (way) {
            case VersionNaming.InPath(int segment) -> {
                var text = PathSegment.of(facts.path(), segment);
                yield byName.containsKey(text) || shapes.contains(shape(text)) ? text : null;
            }
            case VersionNaming.InHeader(var header) -> given(facts.header(header));
            case VersionNaming.InQuery(var parameter) -> given(facts.parameter(parameter));
            case VersionNaming.InMediaType(var vendor) -> {
                var accept = facts.header("Accept");
                yield accept == null ? null : AcceptedVersion.of(accept, vendor, byName.keySet());
            }
        };
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private Asked of(String named, Optional<VersionNaming> by, RequestFacts facts) {
        var version = byName.get(named);
        if (version == null && api.unknown() == Api.Unknown.DEFAULT) {
            version = byName.get(api.defaultVersion());
        }
        if (version == null) {
            return new Asked.Refused(refusal(by), "API '" + name + "' has no such version; there are " + all + ".", by);
        }
        return isRetired(version, facts) ? new Asked.Retired(version, by) : new Asked.Served(version, by);
    }

    private boolean isRetired(ApiVersion version, RequestFacts facts) {
        return version.retired()
                || (api.retireAtSunset()
                        && version.sunsetAt()
                                .filter(sunset -> !facts.time().isBefore(sunset))
                                .isPresent());
    }

    private static Refusal refusal(Optional<VersionNaming> by) {
        return switch (by.orElse(null)) {
            case VersionNaming.InPath _ -> Refusal.NO_ROUTE;
            case VersionNaming.InMediaType _ -> Refusal.VERSION_NOT_ACCEPTABLE;
            case VersionNaming.InHeader _, VersionNaming.InQuery _ -> Refusal.VERSION_UNKNOWN;
            case null -> Refusal.VERSION_UNKNOWN;
        };
    }

    /** Equal for texts that differ in their digits alone. */
    private static String shape(String text) {
        var shape = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean digit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            if (!digit) {
                shape.append(text.charAt(i));
            } else if (shape.isEmpty() || shape.charAt(shape.length() - 1) != '0') {
                shape.append('0');
            }
        }
        return shape.toString();
    }
}
