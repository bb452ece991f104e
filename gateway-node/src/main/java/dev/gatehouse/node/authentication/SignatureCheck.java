package dev.gatehouse.node.authentication;

import dev.gatehouse.db.credential.Signature;
import dev.gatehouse.db.model.Refusal;
import dev.gatehouse.node.exchange.Caller;
import dev.gatehouse.node.exchange.Exchange;
import dev.gatehouse.node.exchange.Rejection;
import dev.gatehouse.node.identity.Logins;
import dev.gatehouse.node.identity.Nonces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request that its caller signed with a shared secret: RFC 9421 with hmac-sha256, good once and for a short time. */
final class SignatureCheck implements CredentialCheck {

    private static final String INPUT = "Signature-Input";
    private static final String SIGNATURE = "Signature";
    private static final String ALGORITHM = "hmac-sha256";
    private static final int LONGEST_NONCE = 200;
    private static final Proof UNAVAILABLE = new Proof.Refused(
            Rejection.of(
                            Refusal.AUTHENTICATION_UNAVAILABLE,
                            "Whether a signature was used before cannot be checked now. Try again soon.")
                    .with("Retry-After", "1"),
            "",
            false,
            true);

    private final Signature settings;
    private final Logins logins;
    private final Nonces nonces;
    private final InstantSource clock;
    private final String wanted;

    SignatureCheck(Signature settings, Logins logins, Nonces nonces, InstantSource clock) {
        this.settings = settings;
        this.logins = logins;
        this.nonces = nonces;
        this.clock = clock;
        wanted = settings.needed().stream().map(name -> '"' + name + '"').collect(Collectors.joining(" "));
    }

    /** To tell whose it is takes all of the work. */
    @Override
    public @Nullable Proof known(Exchange exchange) {
        return exchange.headers().contains(INPUT) || exchange.headers().contains(SIGNATURE) ? null : Proof.ABSENT;
    }

    @Override
    public Proof check(Exchange exchange) {
        var inputs = exchange.headers().all(INPUT);
        var signatures = exchange.headers().all(SIGNATURE);
        if (inputs.isEmpty() && signatures.isEmpty()) {
            return Proof.ABSENT;
        }
        var read = inputs.size() == 1 && signatures.size() == 1
                ? SignatureInput.read(inputs.getFirst(), signatures.getFirst()).orElse(null)
                : null;
        if (read == null) {
            return refused("cannot be read: one is taken, of the form that RFC 9421 gives it");
        }
        var problem = problem(read);
        if (problem != null) {
            return refused(problem);
        }
        var signer = logins.signer(read.text("keyid"));
        var text = SignedText.of(exchange, read);
        if (signer == null || text == null || !signer.secret().signed(text, read.signature())) {
            return refused("is wrong, or of a key that is not known here");
        }
        if (settings.maxBody() > 0) {
            var wrong =
                    ContentDigest.problem(exchange, read.covered().contains(ContentDigest.FIELD), settings.maxBody());
            if (wrong != null) {
                return new Proof.Refused(wrong, "", true, true);
            }
        }
        return settings.once() ? once(signer, read) : proven(signer);
    }

    private @Nullable String problem(SignatureInput read) {
        var algorithm = read.text("alg");
        if (!algorithm.isEmpty() && !algorithm.equals(ALGORITHM)) {
            return "must be made with " + ALGORITHM;
        }
        if (!read.covered().containsAll(settings.needed())) {
            return "must cover " + String.join(", ", settings.needed());
        }
        var created = read.moment("created");
        if (created.isEmpty()) {
            return "must say when it was made (created)";
        }
        long now = clock.instant().getEpochSecond();
        if (Math.abs(now - created.get()) > settings.window().toSeconds()) {
            return "is too old, or its clock is wrong";
        }
        if (read.parameters().containsKey("expires")
                && read.moment("expires").filter(end -> now < end).isEmpty()) {
            return "has expired";
        }
        var nonce = read.text("nonce");
        return settings.once() && (nonce.isEmpty() || nonce.length() > LONGEST_NONCE)
                ? "needs a nonce of 1 to " + LONGEST_NONCE + " characters"
                : null;
    }

    private Proof once(Logins.Signer signer, SignatureInput read) {
        Duration keep = settings.window().multipliedBy(2).plusSeconds(1);
        return switch (nonces.meet(signer.holder().name(), read.text("nonce"), keep)) {
            case FIRST -> proven(signer);
            case AGAIN -> refused("was used before");
            case FIRST_HERE -> settings.withoutRedis() == Signature.WithoutRedis.LOCAL ? proven(signer) : UNAVAILABLE;
        };
    }

    private Proof proven(Logins.Signer signer) {
        var holder = signer.holder();
        return new Proof.Proven(new Caller(holder.consumer(), holder.name(), holder.scopes(), Map.of()), () -> {
            var now = logins.signer(holder.name());
            return now != null && now.holder().equals(holder);
        });
    }

    private static Proof refused(String reason) {
        return new Proof.Refused(
                Rejection.of(Refusal.SIGNATURE_REFUSED, "The signature " + reason + "."), "", true, true);
    }

    @Override
    public void remove(Exchange exchange) {
        exchange.headers().remove(INPUT).remove(SIGNATURE);
    }

    @Override
    public String challenge() {
        return "Signature realm=\"gatehouse\"";
    }

    @Override
    public String wanted() {
        return "a signature over " + String.join(", ", settings.needed())
                + " in Signature-Input and Signature (RFC 9421, " + ALGORITHM + ")";
    }

    /** RFC 9421, 5.1. */
    @Override
    public List<String> hints() {
        return List.of(
                "Accept-Signature",
                "sig1=(" + wanted + ");created;keyid;alg=\"" + ALGORITHM + "\"" + (settings.once() ? ";nonce" : ""));
    }
}
