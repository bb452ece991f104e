package dev.gatehouse.db.model;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An API in versions. Its routes may share their paths and differ by version. */
public record Api(
        @Setting(
                label = "Places",
                help = "Where a request names a version. Of several places the first that names one counts.",
                min = "1",
                max = "10")
        List<VersionNaming> namedBy,

        @Setting(label = "Versions", help = "Oldest first.", min = "1", max = "100")
        List<ApiVersion> versions,

        @Setting(
                label = "Default version",
                help = "What a request gets that names none. Empty: such a request is refused.",
                optional = true,
                format = Format.VERSION_NAME)
        String defaultVersion,

        @Setting(
                label = "Unknown version",
                help =
                        "A request for a version that does not exist is refused (400; 406 where Accept named it, 404 where the path did), or gets the default one.",
                fallback = "refuse")
        Unknown unknown,

        @Setting(
                label = "Retire at sunset",
                help = "From its sunset on a version is answered with 410, as if it were marked as retired.",
                fallback = "false")
        boolean retireAtSunset)
        implements Entity, Checked {

    /** What a request for a version that does not exist gets. */
    public enum Unknown {
        REFUSE("refuse"),
        DEFAULT("default");

        private final String written;

        Unknown(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    public Api {
        namedBy = List.copyOf(namedBy);
        versions = List.copyOf(versions);
    }

    public Optional<ApiVersion> version(String name) {
        return versions.stream().filter(version -> version.name().equals(name)).findFirst();
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < namedBy.size(); i++) {
            if (namedBy.indexOf(namedBy.get(i)) < i) {
                problems.add(new Problem("named-by[" + i + "]", "This way is listed twice."));
            }
        }
        var names = versions.stream().map(ApiVersion::name).toList();
        for (int i = 0; i < names.size(); i++) {
            var at = "versions[" + i + "]";
            if (names.indexOf(names.get(i)) < i) {
                problems.add(new Problem(at + ".name", "'" + names.get(i) + "' is listed twice."));
            }
            check(versions.get(i), names).stream()
                    .map(problem -> problem.under(at))
                    .forEach(problems::add);
        }
        if (!defaultVersion.isEmpty()) {
            version(defaultVersion)
                    .ifPresentOrElse(
                            version -> {
                                if (version.retired()) {
                                    problems.add(
                                            new Problem("default-version", "'" + defaultVersion + "' is retired."));
                                }
                            },
                            () -> problems.add(new Problem("default-version", unknown(defaultVersion, names))));
        } else if (unknown == Unknown.DEFAULT) {
            problems.add(new Problem(
                    "default-version", "Must be given where a request for an unknown version gets the default one."));
        }
        return problems;
    }

    private static List<Problem> check(ApiVersion version, List<String> names) {
        var problems = new ArrayList<Problem>();
        var successor = version.successor();
        if (successor.equals(version.name())) {
            problems.add(new Problem("successor", "A version does not succeed itself."));
        } else if (!successor.isEmpty() && !names.contains(successor)) {
            problems.add(new Problem("successor", unknown(successor, names)));
        }
        version.sunsetAt()
                .filter(sunset ->
                        version.deprecatedSince().filter(sunset::isBefore).isPresent())
                .ifPresent(_ -> problems.add(
                        new Problem("sunset", "Must not be before it is deprecated, " + version.deprecated() + ".")));
        return problems;
    }

    private static String unknown(String version, List<String> names) {
        return "There is no version '" + version + "'; there are " + String.join(", ", names) + ".";
    }
}
