package dev.gatehouse.db.live;

import dev.gatehouse.db.quota.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * What Redis has of quotas, read only: {@code gatehouse:quota:{<quota>:<subject>}:<start>} is a hash that nodes write
 * with a script of theirs. {@code used} is what the ledger said last, {@code n:<boot>} what a node holds beyond it.
 */
public final class QuotaView {

    private static final String NODE = "n:";

    private final UnifiedJedis redis;

    public QuotaView(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * An account as Redis has it.
     *
     * @param used as the ledger said last
     * @param held by all nodes, handed out and not yet in the ledger
     * @param unspent of that
     * @param nodes that hold something
     */
    public record Held(long used, long held, long unspent, int nodes) {}

    public static String key(Account account) {
        return "gatehouse:quota:{" + account.quota() + ":" + account.subject() + "}:"
                + account.period().start().getEpochSecond();
    }

    /** In their order; empty where Redis has nothing of an account. */
    public List<Optional<Held>> read(List<Account> accounts) {
        var answers = new ArrayList<Response<Map<String, String>>>();
        try (var pipeline = redis.pipelined()) {
            accounts.forEach(account -> answers.add(pipeline.hgetAll(key(account))));
        }
        return answers.stream().map(answer -> held(answer.get())).toList();
    }

    private static Optional<Held> held(Map<String, String> hash) {
        if (!hash.containsKey("used")) {
            return Optional.empty();
        }
        long held = 0;
        long unspent = 0;
        int nodes = 0;
        for (var field : hash.entrySet()) {
            if (field.getKey().startsWith(NODE)) {
                var parts = field.getValue().split(" ", -1);
                held += Long.parseLong(parts[0]);
                unspent += Long.parseLong(parts[1]);
                nodes += parts[0].equals("0") ? 0 : 1;
            }
        }
        return Optional.of(new Held(Long.parseLong(hash.get("used")), held, unspent, nodes));
    }
}
