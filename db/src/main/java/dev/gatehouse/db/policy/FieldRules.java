package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which headers are not for a setting to say: what frames a message, concerns one connection, or tells who is calling. */
public final class FieldRules {

    public static final FieldRules REQUEST = new FieldRules(
            Set.of(
                    "client-cert",
                    "client-cert-chain",
                    "expect",
                    "forwarded",
                    "gatehouse-mirror",
                    "traceparent",
                    "via",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-proto",
                    "x-request-id"),
            Map.of("host", "Is said by the setting 'host' of the policy 'rewrite'."));

    public static final FieldRules RESPONSE = new FieldRules(Set.of("via", "x-request-id"), Map.of());

    /** RFC 9110, 7.6.1, and what such fields have been in older versions. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Set<String> own;
    private final Map<String, String> elsewhere;

    /**
     * @param own what the gateway itself says
     * @param elsewhere what another setting says
     */
    private FieldRules(Set<String> own, Map<String, String> elsewhere) {
        this.own = own;
        this.elsewhere = elsewhere;
    }

    /** Why that header cannot be written; empty when it can. */
    public Optional<String> problem(String name) {
        // services that read fields as CGI variables cannot tell a hyphen from an underscore
        var plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        if (HOP_BY_HOP.contains(plain)) {
            return Optional.of("'" + name + "' concerns one connection only and is never passed on.");
        }
        if (plain.equals("content-length")) {
            return Optional.of("'" + name + "' frames the message; only its body says it.");
        }
        if (own.contains(plain)) {
            return Optional.of("'" + name + "' is said by the gateway itself.");
        }
        return Optional.ofNullable(elsewhere.get(plain));
    }

    public List<Problem> problems(String path, List<HeaderValue> headers) {
        return names(path, headers.stream().map(HeaderValue::name).toList(), ".name");
    }

    /** @param suffix of a path that leads to a name: {@code .name} */
    List<Problem> names(String path, List<String> names, String suffix) {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < names.size(); i++) {
            var at = path + "[" + i + "]" + suffix;
            problem(names.get(i)).ifPresent(message -> problems.add(new Problem(at, message)));
        }
        return problems;
    }

    /** The rules of a policy that changes headers: a name may be set, appended to or removed, not two of these. */
    List<Problem> edits(List<HeaderValue> set, List<HeaderValue> append, List<String> remove) {
        var problems = new ArrayList<Problem>();
        problems.addAll(problems("set", set));
        problems.addAll(problems("append", append));
        problems.addAll(names("remove", remove, ""));
        var appended = new HashSet<String>();
        append.forEach(header -> appended.add(header.name().toLowerCase(Locale.ROOT)));
        var seen = new HashSet<>(appended);
        for (int i = 0; i < set.size(); i++) {
            twice("set[" + i + "].name", set.get(i).name(), seen).ifPresent(problems::add);
        }
        for (int i = 0; i < remove.size(); i++) {
            twice("remove[" + i + "]", remove.get(i), seen).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> twice(String path, String name, Set<String> seen) {
        return seen.add(name.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(new Problem(path, "'" + name + "' is named twice in this policy."));
    }
}
