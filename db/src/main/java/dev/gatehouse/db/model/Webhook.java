package dev.gatehouse.db.model;

import dev.gatehouse.db.key.SecretException;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Sealed;
import dev.gatehouse.db.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who is told when a part of a quota is used. */
public record Webhook(
        @Setting(
                label = "Address",
                help = "Where alerts are posted as JSON, such as https://hooks.example.com/gatehouse.",
                format = Format.LINK)
        String url,

        @Setting(
                label = "Secret",
                help =
                        "With it alerts are signed, so that the receiver can tell them from others: Gatehouse-Signature is t=<time>,v1=<HMAC-SHA-256 of \"<time>.<body>\">. It is stored encrypted, and is asked for again when the address changes.",
                format = Format.SECRET)
        String secret,

        @Setting(label = "Quotas", help = "Whose alerts. Empty: all.", max = "200", format = Format.NAME)
        List<String> quotas,

        @Setting(
                label = "Internal address",
                help = "Whether the address may be one of this machine or of a private network.",
                fallback = "false")
        boolean internal)
        implements Entity {

    public Webhook {
        quotas = List.copyOf(quotas);
    }

    /** Is it told of that quota's alerts? */
    public boolean hears(String quota) {
        return quotas.isEmpty() || quotas.contains(quota);
    }

    /**
     * The same with its secret encrypted; one that is encrypted already is opened to see whether it belongs here.
     *
     * @throws SecretException when there is no secret key, or the sealed one belongs to another address
     */
    public Webhook sealed(Secrets secrets) {
        var read = Sealed.read(secret);
        read.ifPresent(text -> secrets.open(place(), text));
        var stored = read.orElseGet(() -> secrets.seal(place(), secret.getBytes(StandardCharsets.UTF_8)));
        return new Webhook(url, stored.toString(), quotas, internal);
    }

    /**
     * The secret itself.
     *
     * @throws SecretException when it cannot be decrypted; the message says why
     */
    public byte[] key(Secrets secrets) {
        return Sealed.read(secret)
                .map(text -> secrets.open(place(), text))
                .orElseGet(() -> secret.getBytes(StandardCharsets.UTF_8));
    }

    /** It opens only for the same address: nobody can have it sent elsewhere. */
    private String place() {
        return "webhook " + url;
    }
}
