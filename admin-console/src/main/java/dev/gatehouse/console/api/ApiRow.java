package dev.gatehouse.console.api;

import dev.gatehouse.console.entity.Impact;
import dev.gatehouse.console.entity.Thing;
import dev.gatehouse.console.listing.Cells;
import dev.gatehouse.console.live.Convergence.Level;
import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.ApiVersion;
import dev.gatehouse.db.model.Kind;
import dev.gatehouse.db.model.VersionNaming;
import dev.gatehouse.db.store.ConfigurationReader.Loaded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One API.
 *
 * @param routes names of those that belong to it
 */
record ApiRow(String name, Api entity, long revision, List<String> routes) implements Thing {

    static List<ApiRow> of(Loaded loaded) {
        var snapshot = loaded.snapshot();
        return snapshot.apis().entrySet().stream()
                .map(api -> new ApiRow(
                        api.getKey(),
                        api.getValue(),
                        loaded.revisionOf(Kind.API, api.getKey()),
                        snapshot.routes().entrySet().stream()
                                .filter(route -> route.getValue().match().api().equals(api.getKey()))
                                .map(route -> route.getKey())
                                .toList()))
                .toList();
    }

    String versions() {
        return entity.versions().stream().map(ApiVersion::name).collect(Collectors.joining(", "));
    }

    String namedBy() {
        return entity.namedBy().stream().map(ApiRow::words).collect(Collectors.joining(", "));
    }

    private static String words(VersionNaming way) {
        return switch (way) {
            case VersionNaming.InPath(int segment) -> segment == 1 ? "path" : "path, segment " + segment;
            case VersionNaming.InHeader(var name) -> name;
            case VersionNaming.InMediaType(var vendor) -> "Accept: vnd." + vendor;
            case VersionNaming.InQuery(var name) -> "?" + name;
        };
    }

    String usedBy() {
        return Cells.several("route", routes);
    }

    /** What has become of a version. */
    static Level level(ApiVersion version, Instant now) {
        if (version.retired() || isBefore(version.sunsetAt(), now)) {
            return Level.BAD;
        }
        return isBefore(version.deprecatedSince(), now) ? Level.ATTENTION : Level.GOOD;
    }

    static String word(ApiVersion version, Instant now) {
        if (version.retired()) {
            return "retired";
        }
        if (isBefore(version.sunsetAt(), now)) {
            return "past its sunset";
        }
        return isBefore(version.deprecatedSince(), now) ? "deprecated" : "current";
    }

    private static boolean isBefore(Optional<Instant> moment, Instant now) {
        return moment.filter(at -> !now.isBefore(at)).isPresent();
    }

    String searched() {
        return String.join(" ", name, versions(), namedBy(), String.join(" ", routes));
    }

    Impact impact() {
        return Impact.of(
                "routes",
                routes,
                "No route belongs to it, so no request is affected.",
                "These routes belong to it. Delete them or take them out of it first:");
    }
}
