package dev.gatehouse.console.alert;

import dev.gatehouse.db.quota.QuotaAlert;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a webhook is sent.
 *
 * @param id the same whenever the alert is sent again
 * @param signature {@code t=<seconds since 1970>,v1=<HMAC-SHA-256 of "<t>.<body>", hexadecimal>}
 */
record AlertMessage(String id, String body, String signature) {

    static AlertMessage of(QuotaAlert alert, byte[] secret, Instant now) {
        var id = "quota-alert-" + alert.id();
        var account = alert.account();
        var plain = new LinkedHashMap<String, Object>();
        plain.put("id", id);
        plain.put("event", "quota-threshold");
        plain.put("quota", account.quota());
        plain.put("subject", account.subject());
        plain.put("percent", alert.percent());
        plain.put("used", alert.used());
        plain.put("allowed", alert.allowed());
        plain.put(
                "period",
                new TreeMap<>(Map.of(
                        "start",
                        account.period().start().toString(),
                        "end",
                        account.period().end().toString())));
        plain.put("at", alert.at().toString());
        var body = JsonMapper.shared().writeValueAsString(plain);
        long seconds = now.getEpochSecond();
        return new AlertMessage(id, body, "t=" + seconds + ",v1=" + code(secret, seconds + "." + body));
    }

    private static String code(byte[] secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
