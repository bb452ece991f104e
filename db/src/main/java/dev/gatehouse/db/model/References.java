package dev.gatehouse.db.model;

import dev.gatehouse.db.policy.Access;
import dev.gatehouse.db.policy.Identity;
import java.util.ArrayList;
import java.util.List;

/** Who names a thing and would be left without it. */
public final class References {

    private References() {}

    /** One sentence for each thing that names it, with what to do first; empty when it may go. */
    public static List<String> to(Kind kind, String name, Snapshot snapshot) {
        var sentences = new ArrayList<String>();
        switch (kind) {
            case SERVICE ->
                snapshot.routes().forEach((route, thing) -> {
                    if (thing.services().containsValue(name)) {
                        sentences.add(sentence("Route", route, "forwards to it", "route"));
                    }
                });
            case CERTIFICATE ->
                snapshot.services().forEach((service, thing) -> {
                    if (thing.tls().certificate().equals(name)) {
                        sentences.add(sentence("Service", service, "presents it", "service"));
                    }
                });
            case PLAN ->
                snapshot.consumers().forEach((consumer, thing) -> {
                    if (thing.plans().contains(name)) {
                        sentences.add(sentence("Consumer", consumer, "subscribes to it", "consumer"));
                    }
                });
            case CONSUMER -> {
                snapshot.clientTypes().forEach((type, thing) -> {
                    if (thing.consumers().contains(name)) {
                        sentences.add(sentence("Client type", type, "recognises it", "client type"));
                    }
                });
                snapshot.routes().forEach((route, thing) -> {
                    if (thing.authentication().anonymous().equals(name)) {
                        sentences.add(sentence("Route", route, "lets anonymous callers pass as it", "route"));
                    }
                    if (thing.policies().stream()
                            .anyMatch(policy -> policy instanceof Access access && access.names(name))) {
                        sentences.add(sentence("Route", route, "names it in who may call", "route"));
                    }
                });
                snapshot.logins().forEach((login, thing) -> {
                    if (thing.consumer().equals(name)) {
                        sentences.add(sentence("Login", login, "is its", "login"));
                    }
                });
                snapshot.issuers().forEach((issuer, thing) -> {
                    if (thing.claims().consumer().equals(name)) {
                        sentences.add(sentence("Issuer", issuer, "has tokens pass as it", "issuer"));
                    }
                });
            }
            case API ->
                snapshot.routes().forEach((route, thing) -> {
                    if (thing.match().api().equals(name)) {
                        sentences.add(sentence("Route", route, "is one of its routes", "route"));
                    }
                });
            case CLIENT_TYPE ->
                snapshot.routes().forEach((route, thing) -> {
                    if (thing.match().clients().contains(name)) {
                        sentences.add(sentence("Route", route, "is for its clients", "route"));
                    }
                });
            case ISSUER ->
                snapshot.routes().forEach((route, thing) -> {
                    if (thing.authentication().issuers().containsValue(name)) {
                        sentences.add(sentence("Route", route, "takes its tokens", "route"));
                    }
                });
            case SIGNING_KEY ->
                snapshot.routes().forEach((route, thing) -> {
                    if (thing.policies().stream()
                            .anyMatch(policy -> policy instanceof Identity identity
                                    && identity.token().signingKey().equals(name))) {
                        sentences.add(sentence("Route", route, "signs with it", "route"));
                    }
                });
            case LOGIN, ROUTE, WEBHOOK -> {}
        }
        return sentences;
    }

    private static String sentence(String kind, String name, String does, String change) {
        return kind + " '" + name + "' " + does + "; delete or change that " + change + " first.";
    }
}
