package dev.gatehouse.db.policy;

import dev.gatehouse.db.credential.ClaimRule;
import dev.gatehouse.db.model.TimeWindow;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.List;

/** What a caller must be or have, once known. */
@Named(
        value = "access",
        label = "Access",
        help = "Refuses callers who are known but may not do this. All that is said here must hold.")
public record Access(
        @Setting(
                label = "Scopes",
                help = "What their credential must grant, such as orders:read.",
                max = "50",
                format = Format.SCOPE)
        List<String> scopes,

        @Setting(label = "Scopes needed", help = "All of them, or any one.", fallback = "all")
        Needed scopesNeeded,

        @Setting(
                label = "Consumers",
                help = "Who may call, beside members of the groups below. Neither: everybody who is known.",
                max = "1000",
                format = Format.NAME)
        List<String> consumers,

        @Setting(
                label = "Groups",
                help = "Consumers of which groups may call, beside those named above.",
                max = "50",
                format = Format.NAME)
        List<String> groups,

        @Setting(
                label = "Refused consumers",
                help = "Who may not call, whatever else holds.",
                max = "1000",
                format = Format.NAME)
        List<String> refusedConsumers,

        @Setting(label = "Claims", help = "What the issuer of their token must say of them. All of them.", max = "20")
        List<ClaimRule> claims,

        @Setting(label = "Times", help = "When they may call: in one of these. Empty: always.", max = "20")
        List<TimeWindow> times,

        @Setting(
                label = "Addresses",
                help = "From where they may call. Empty: from anywhere.",
                max = "1000",
                format = Format.ADDRESS_BLOCK)
        List<String> addresses)
        implements Policy, Checked {

    /** How many of the scopes. */
    public enum Needed {
        ALL("all"),
        ANY("any");

        private final String written;

        Needed(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }

    public Access {
        scopes = List.copyOf(scopes);
        consumers = List.copyOf(consumers);
        groups = List.copyOf(groups);
        refusedConsumers = List.copyOf(refusedConsumers);
        claims = List.copyOf(claims);
        times = List.copyOf(times);
        addresses = List.copyOf(addresses);
    }

    @Override
    public Stage stage() {
        return Stage.AUTHORIZE;
    }

    /** Does it ask who is calling, and not only when and from where? */
    public boolean asksForCaller() {
        return !(scopes.isEmpty()
                && consumers.isEmpty()
                && groups.isEmpty()
                && refusedConsumers.isEmpty()
                && claims.isEmpty());
    }

    public boolean names(String consumer) {
        return consumers.contains(consumer) || refusedConsumers.contains(consumer);
    }

    @Override
    public List<Problem> problems() {
        return asksForCaller() || !times.isEmpty() || !addresses.isEmpty()
                ? List.of()
                : List.of(new Problem(
                        "scopes",
                        "Must say something that has to hold: scopes, consumers, groups, claims, times or addresses."));
    }
}
