package dev.gatehouse.db.policy;

import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells the service who is calling. */
@Named(
        value = "identity",
        label = "Identity",
        help =
                "Tells the service who is calling, in headers and perhaps in a signed token. Callers cannot say it themselves: on every route these headers are taken out of what they send.")
public record Identity(
        @Setting(
                label = "Consumer",
                help = "The header that names the consumer. Empty: none.",
                optional = true,
                fallback = "Gatehouse-Consumer",
                max = "100",
                format = Format.HEADER_NAME)
        String consumer,

        @Setting(
                label = "Scopes",
                help = "The header that holds what the credential grants, with blanks between. Empty: none.",
                optional = true,
                fallback = "Gatehouse-Scopes",
                max = "100",
                format = Format.HEADER_NAME)
        String scopes,

        @Setting(
                label = "Groups",
                help = "The header that holds the consumer's groups, with blanks between. Empty: none.",
                optional = true,
                fallback = "Gatehouse-Groups",
                max = "100",
                format = Format.HEADER_NAME)
        String groups,

        @Setting(label = "Claims", help = "Claims of the caller's token, each in a header.", max = "20")
        List<ClaimHeader> claims,

        @Setting(label = "Token", help = "A signed token (JWT, ES256) that says the same, for services that verify it.")
        Token token)
        implements Policy, Checked {

    public Identity {
        claims = List.copyOf(claims);
    }

    /** A claim in a header. */
    public record ClaimHeader(
            @Setting(label = "Claim", help = "Its name, or the way to it with dots.", max = "200")
            String claim,

            @Setting(label = "Header", help = "The header that holds it.", max = "100", format = Format.HEADER_NAME)
            String header) {}

    /** A token of the gateway's own. */
    public record Token(
            @Setting(
                    label = "Signing key",
                    help = "With which it is signed. Empty: no token.",
                    optional = true,
                    format = Format.NAME)
            String signingKey,

            @Setting(
                    label = "Header",
                    help = "The header that holds it.",
                    fallback = "Gatehouse-Token",
                    max = "100",
                    format = Format.HEADER_NAME)
            String header,

            @Setting(
                    label = "Audience",
                    help = "Whom it is for (aud). Empty: the route's name.",
                    optional = true,
                    max = "500")
            String audience,

            @Setting(
                    label = "Valid for",
                    help = "How long it is good. One may be used for several requests within half of this time.",
                    fallback = "1m",
                    min = "10s",
                    max = "1h")
            Duration lifetime) {}

    /** All headers that it may set. */
    public List<String> headers() {
        var names = new ArrayList<String>();
        names.add(consumer);
        names.add(scopes);
        names.add(groups);
        claims.forEach(claim -> names.add(claim.header));
        if (!token.signingKey.isEmpty()) {
            names.add(token.header);
        }
        names.removeIf(String::isEmpty);
        return names;
    }

    @Override
    public Stage stage() {
        return Stage.TRANSFORM;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        refuse("consumer", consumer, problems);
        refuse("scopes", scopes, problems);
        refuse("groups", groups, problems);
        for (int i = 0; i < claims.size(); i++) {
            refuse("claims[" + i + "].header", claims.get(i).header, problems);
        }
        refuse("token.header", token.header, problems);
        var names =
                headers().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (names.stream().distinct().count() < names.size()) {
            problems.add(new Problem("claims", "Each header can hold one thing only; one is named twice."));
        }
        return problems;
    }

    /** Authorization is the caller's own: taking it out of every request would leave no credential to read. */
    private static void refuse(String path, String name, List<Problem> problems) {
        if (List.of("authorization", "cookie", "x-api-key", "content-type", "accept", "user-agent")
                .contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(new Problem(path, "'" + name + "' is what callers send; choose a name of your own."));
        } else if (!name.isEmpty()) {
            FieldRules.REQUEST.problem(name).ifPresent(message -> problems.add(new Problem(path, message)));
        }
    }
}
