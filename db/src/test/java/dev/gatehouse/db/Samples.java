package dev.gatehouse.db;

import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Consumer;
import dev.gatehouse.db.model.Ending;
import dev.gatehouse.db.model.Forward;
import dev.gatehouse.db.model.Match;
import dev.gatehouse.db.model.Method;
import dev.gatehouse.db.model.Protocol;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.ServiceTls;
import dev.gatehouse.db.model.Target;
import dev.gatehouse.db.model.WebSockets;
import dev.gatehouse.db.policy.Policy;
import dev.gatehouse.db.policy.RateLimit;
import dev.gatehouse.db.settings.Settings;
import dev.gatehouse.deploy.servers.Issued;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Small valid things. */
public final class Samples {

    public static final Secrets SECRETS = Secrets.read("1:" + "c2VjcmV0".repeat(5) + "c2U=");

    private Samples() {}

    /** With its plain private key, for the names in it. */
    public static Certificate certificate(Issued issued) {
        return certificate(issued, issued.privateKey());
    }

    public static Certificate certificate(Issued issued, String privateKey) {
        return new Certificate(
                issued.chain(), privateKey, List.of(), Certificate.ClientCertificate.NONE, "", Duration.ZERO, false);
    }

    public static Service service(String... urls) {
        return new Service(
                Arrays.stream(urls).map(Target::new).toList(),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Protocol.HTTP1,
                ServiceTls.DEFAULT);
    }

    /** A service that answers on loopback; equal ports, equal services. */
    public static Service service(int port) {
        return service("http://127.0.0.1:" + port);
    }

    public static Route route(String path, String service, Policy... policies) {
        return route(Match.of(path), service, policies);
    }

    public static Route route(Match match, String service, Policy... policies) {
        return route(match, new Forward(service, ""), policies);
    }

    public static Route route(Match match, Ending ending, Policy... policies) {
        return new Route(match, false, List.of(policies), ending, 10 << 20, Duration.ofMinutes(1), WebSockets.DEFAULT);
    }

    public static Match match(String path, Method... methods) {
        return Match.of(path, methods);
    }

    /** @param yaml as it is written beneath {@code match} */
    public static Match matchOf(String yaml) {
        return Settings.read(Match.class, new YAMLMapper().readValue(yaml, Object.class))
                .orThrow();
    }

    public static RateLimit limit(long requests, RateLimit.Per per, String name) {
        return new RateLimit(
                requests, Duration.ofMinutes(1), per, RateLimit.Mode.LEASED, RateLimit.WithoutRedis.LOCAL, name);
    }

    public static Consumer consumer(String description) {
        return new Consumer(description);
    }
}
