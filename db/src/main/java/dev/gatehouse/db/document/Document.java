package dev.gatehouse.db.document;

import dev.gatehouse.db.model.Api;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.ClientType;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Issuer;
import dev.gatehouse.db.model.Login;
import dev.gatehouse.db.model.Plan;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.SigningKey;
import dev.gatehouse.db.model.Snapshot;
import dev.gatehouse.db.model.Webhook;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything a file can say. */
public record Document(
        @Setting(label = "Services", help = "Backends by name.")
        Map<String, Service> services,

        @Setting(label = "Routes", help = "Routes by name.") Map<String, Route> routes,

        @Setting(label = "Consumers", help = "Consumers by name.")
        Map<String, Holder> consumers,

        @Setting(
                label = "Certificates",
                help = "Certificates by name, each with its private key, which an export holds only encrypted.")
        Map<String, Certificate> certificates,

        @Setting(label = "APIs", help = "APIs in versions by name, which routes name in their match.")
        Map<String, Api> apis,

        @Setting(label = "Client types", help = "Sorts of clients by name, which routes name in their match.")
        Map<String, ClientType> clientTypes,

        @Setting(label = "Plans", help = "Bundles of limits by name, which consumers subscribe to.")
        Map<String, Plan> plans,

        @Setting(label = "Issuers", help = "Who says who is calling, by tokens that routes take.")
        Map<String, Issuer> issuers,

        @Setting(label = "Logins", help = "Passwords, shared secrets and client certificates of consumers by name.")
        Map<String, Login> logins,

        @Setting(label = "Signing keys", help = "Keys by name, with which the gateway tells services who is calling.")
        Map<String, SigningKey> signingKeys,

        @Setting(
                label = "Webhooks",
                help = "Who is told of alerts, by name, each with its secret, which an export holds only encrypted.")
        Map<String, Webhook> webhooks) {

    /** One without plans and issuers. */
    public Document(
            Map<String, Service> services,
            Map<String, Route> routes,
            Map<String, Holder> consumers,
            Map<String, Certificate> certificates,
            Map<String, Api> apis,
            Map<String, ClientType> clientTypes) {
        this(
                services,
                routes,
                consumers,
                certificates,
                apis,
                clientTypes,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** @param keys of each consumer by its name; who is not named there has none */
    public static Document of(Snapshot snapshot, Map<String, List<NamedKey>> keys) {
        var holders = new LinkedHashMap<String, Holder>();
        snapshot.consumers()
                .forEach((name, consumer) ->
                        holders.put(name, new Holder(consumer, keys.getOrDefault(name, List.of()))));
        return new Document(
                snapshot.services(),
                snapshot.routes(),
                holders,
                snapshot.certificates(),
                snapshot.apis(),
                snapshot.clientTypes(),
                snapshot.plans(),
                snapshot.issuers(),
                snapshot.logins(),
                snapshot.signingKeys(),
                snapshot.webhooks());
    }

    /** What it says but for the keys of consumers. */
    public Snapshot snapshot() {
        var alone = new LinkedHashMap<String, Consumer>();
        consumers.forEach((name, holder) -> alone.put(name, holder.consumer()));
        return new Snapshot(
                services,
                routes,
                alone,
                certificates,
                apis,
                clientTypes,
                plans,
                issuers,
                logins,
                signingKeys,
                webhooks);
    }

    /** A consumer with its keys. */
    public record Holder(
            @Inline Consumer consumer,

            @Setting(
                    label = "Keys",
                    help =
                            "API keys, each by its name or with what it is for. Applying issues those that do not exist yet and shows each once.")
            List<NamedKey> keys)
            implements Checked {

        public Holder {
            keys = List.copyOf(keys);
        }

        @Override
        public List<Problem> problems() {
            var problems = new ArrayList<Problem>();
            var names = keys.stream().map(NamedKey::name).toList();
            for (int i = 0; i < names.size(); i++) {
                if (names.indexOf(names.get(i)) < i) {
                    problems.add(new Problem("keys[" + i + "]", "'" + names.get(i) + "' is listed twice."));
                }
            }
            return problems;
        }
    }
}
