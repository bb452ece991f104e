package dev.gatehouse.db.credential;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import dev.gatehouse.db.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may call a route that is not public. */
public record Authentication(
        @Setting(
                label = "Credentials",
                help =
                        "What callers prove themselves with. Empty: an API key, in X-API-Key or as Authorization: Bearer.",
                max = "10")
        List<Credential> credentials,

        @Setting(
                label = "Needed",
                help =
                        "Any one of them, the first that holds; or all of them, which then have to prove the same consumer.",
                fallback = "any")
        Need need,

        @Setting(
                label = "Anonymous consumer",
                help =
                        "As which consumer callers without any credential pass, such as one with small limits. Empty: they are refused. A wrong credential is refused all the same.",
                optional = true,
                format = Format.NAME)
        String anonymous,

        @Setting(
                label = "Refused attempts",
                help =
                        "How many refused credentials an address may send in a minute before it has to wait, an IPv6 one together with its /64. What was proven lately passes all the same. 0: any number.",
                fallback = "60",
                min = "0",
                max = "60000",
                unit = "a minute")
        long refusedAttempts)
        implements Checked {

    /** What holds where nothing is written: an API key. */
    public static final Authentication DEFAULT =
            Settings.read(Authentication.class, null).orThrow();

    public Authentication {
        credentials = List.copyOf(credentials);
    }

    /** How many of the credentials it takes. */
    public enum Need {
        ANY("any"),
        ALL("all");

        private final String written;

        Need(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** Those that are taken, in their order: at least one. */
    public List<Credential> taken() {
        return credentials.isEmpty() ? List.of(Key.DEFAULT) : credentials;
    }

    /** How an API key alone lets a caller pass; empty where it does not. */
    public Optional<Key> byKey() {
        return need == Need.ANY || taken().size() == 1
                ? taken().stream()
                        .filter(Key.class::isInstance)
                        .map(Key.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    /** Headers of their own that its credentials may come in. */
    public List<String> headers() {
        return taken().stream()
                .map(credential -> switch (credential) {
                    case Key key -> key.header();
                    case Jwt jwt -> jwt.terms().header();
                    case Introspection asked -> asked.terms().header();
                    case Basic _, ClientCertificate _, ForwardAuth _, Signature _ -> "";
                })
                .filter(header -> !header.isEmpty())
                .toList();
    }

    /** The services that its credentials name, by where. */
    public Map<String, String> services() {
        var services = new LinkedHashMap<String, String>();
        for (int i = 0; i < credentials.size(); i++) {
            if (credentials.get(i) instanceof ForwardAuth asked) {
                services.put("authentication.credentials[" + i + "].forward-auth.service", asked.service());
            }
        }
        return services;
    }

    /** What is asked for, in a few words: {@code key or jwt}. */
    public String words() {
        return taken().stream()
                .map(credential ->
                        credential.getClass().getAnnotation(Named.class).value())
                .distinct()
                .collect(Collectors.joining(need == Need.ANY ? " or " : " and "));
    }

    /** Those that its credentials name, by where: {@code credentials[1].jwt.issuer}. */
    public Map<String, String> issuers() {
        var issuers = new LinkedHashMap<String, String>();
        for (int i = 0; i < credentials.size(); i++) {
            switch (credentials.get(i)) {
                case Jwt jwt ->
                    issuers.put("credentials[" + i + "].jwt.issuer", jwt.terms().issuer());
                case Introspection asked ->
                    issuers.put(
                            "credentials[" + i + "].introspection.issuer",
                            asked.terms().issuer());
                case Basic _, ClientCertificate _, ForwardAuth _, Key _, Signature _ -> {}
            }
        }
        return issuers;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < credentials.size(); i++) {
            if (credentials.indexOf(credentials.get(i)) < i) {
                problems.add(new Problem("credentials[" + i + "]", "Stands in the list already."));
            }
        }
        if (need == Need.ALL && !anonymous.isEmpty()) {
            problems.add(new Problem("anonymous", "Where all credentials are needed, nobody passes without any."));
        }
        return problems;
    }
}
