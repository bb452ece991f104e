package dev.gatehouse.console;

import dev.gatehouse.db.environment.Environment;
import dev.gatehouse.db.environment.Environment.Invalid;
import dev.gatehouse.db.environment.Variable;
import dev.gatehouse.db.key.Peppers;
import dev.gatehouse.db.key.Secrets;
import dev.gatehouse.db.live.RedisAccess;
import dev.gatehouse.db.store.Database;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** What the environment says to the console. */
record ConsoleConfig(
        String host,
        int port,
        Database.Access database,
        RedisAccess redis,
        Peppers peppers,
        Secrets secrets,
        URI gateway,
        List<String> trustedProxies) {

    /** @throws Invalid with a sentence for whoever started the console */
    static ConsoleConfig of(Environment environment) {
        return new ConsoleConfig(
                environment.required(Variable.GATEHOUSE_CONSOLE_HOST),
                environment.port(Variable.GATEHOUSE_CONSOLE_PORT),
                Database.Access.of(environment),
                RedisAccess.of(environment),
                Peppers.of(environment),
                Secrets.of(environment),
                gateway(environment),
                Arrays.stream(environment
                                .text(Variable.GATEHOUSE_TRUSTED_PROXIES)
                                .split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static URI gateway(Environment environment) {
        var text = environment.required(Variable.GATEHOUSE_GATEWAY_URL);
        if (!text.matches("https?://[^/\\s?#]+(/[^\\s?#]*)?")) {
            throw new Invalid(Variable.GATEHOUSE_GATEWAY_URL + " is '" + text
                    + "'; it must look like https://api.example.com or http://127.0.0.1:8080.");
        }
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }
}
