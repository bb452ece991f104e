package dev.gatehouse.db.model;

import dev.gatehouse.db.credential.Algorithm;
import dev.gatehouse.db.credential.ClaimUse;
import dev.gatehouse.db.credential.IntrospectionEndpoint;
import dev.gatehouse.db.credential.IssuerKeys;
import dev.gatehouse.db.credential.KeyFetching;
import dev.gatehouse.db.credential.Opaque;
import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Inline;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Sealed;
import dev.gatehouse.db.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody else who says who is calling, by tokens that are believed here. Routes name it. */
public record Issuer(
        @Inline @Setting(label = "Keys", help = "Where its keys are.")
        IssuerKeys keys,

        @Setting(
                label = "Audiences",
                help =
                        "One of them must be a token's (aud), unless a route says others. Empty: any, so that a token for another service is taken here too.",
                max = "20")
        List<String> audiences,

        @Setting(label = "Algorithms", help = "How its tokens may be signed. Empty: RS256 and ES256.", max = "10")
        List<Algorithm> algorithms,

        @Setting(label = "Claims", help = "What is read out of its tokens.")
        ClaimUse claims,

        @Setting(
                label = "Leeway",
                help = "How much its clock and ours may differ, for when a token begins and ends.",
                fallback = "30s",
                min = "0s",
                max = "5m")
        Duration leeway,

        @Setting(
                label = "Remembered",
                help =
                        "How long a token that was verified is believed without verifying it again; never beyond its end, nor beyond its key.",
                fallback = "5m",
                min = "0s",
                max = "1h")
        Duration remember,

        @Setting(label = "Fetching", help = "How what it publishes is fetched and kept.")
        KeyFetching fetching,

        @Setting(label = "Introspection", help = "Where it can be asked about a token.")
        IntrospectionEndpoint introspection)
        implements Entity, Checked {

    private static final List<Algorithm> USUAL = List.of(Algorithm.RS256, Algorithm.ES256);

    public Issuer {
        audiences = List.copyOf(audiences);
        algorithms = List.copyOf(algorithms);
    }

    /**
     * The same with its client secret encrypted.
     *
     * @throws SecretException when there is no secret key
     */
    public Issuer sealed(String name, Secrets secrets) {
        var secret = introspection.clientSecret();
        if (secret.isEmpty() || Sealed.read(secret).isPresent()) {
            return this;
        }
        var sealed = secrets.seal(place(name), secret.getBytes(StandardCharsets.UTF_8));
        return new Issuer(
                keys,
                audiences,
                algorithms,
                claims,
                leeway,
                remember,
                fetching,
                new IntrospectionEndpoint(
                        introspection.url(), introspection.clientId(), sealed.toString(), introspection.remember()));
    }

    /**
     * The client secret itself.
     *
     * @throws SecretException when it cannot be decrypted
     */
    public String clientSecret(String name, Secrets secrets) {
        var secret = introspection.clientSecret();
        return Sealed.read(secret)
                .map(stored -> new String(secrets.open(place(name), stored), StandardCharsets.UTF_8))
                .orElse(secret);
    }

    private static String place(String name) {
        return "issuer " + name;
    }

    /** Those that are taken: at least one. */
    public List<Algorithm> taken() {
        return algorithms.isEmpty() ? USUAL : algorithms;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        if (!fetching.plainHttp()
                && (isPlain(introspection.url())
                        || keys.fetched().filter(Issuer::isPlain).isPresent())) {
            problems.add(new Problem(
                    "fetching.plain-http",
                    "What comes over http:// can be exchanged on its way; use https://, or say here that nobody can."));
        }
        if (keys instanceof Opaque && introspection.url().isEmpty()) {
            problems.add(new Problem("introspection.url", "Must be given where there are no keys."));
        }
        return problems;
    }

    private static boolean isPlain(String url) {
        return url.startsWith("http://");
    }
}
