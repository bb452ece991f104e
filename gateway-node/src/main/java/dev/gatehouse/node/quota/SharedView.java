package dev.gatehouse.node.quota;

import dev.gatehouse.db.live.QuotaView;
import dev.gatehouse.db.live.Script;
import dev.gatehouse.db.quota.Account;
import dev.gatehouse.db.quota.Figure;
import dev.gatehouse.node.limit.Share;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** What all nodes together have used and hold, in Redis: one key an account, one script. */
final class SharedView {

    private final UnifiedJedis redis;
    private final String boot;
    private final Supplier<Share> share;

    /** @param share of this node among all that serve */
    SharedView(UnifiedJedis redis, UUID boot, Supplier<Share> share) {
        this.redis = redis;
        this.boot = boot.toString();
        this.share = share;
    }

    int nodes() {
        return share.get().nodes();
    }

    /** Of this node, in what nobody counts for all. */
    Share share() {
        return share.get();
    }

    /** @throws JedisException when Redis does not answer; then it may or may not have granted */
    SharedAnswer ask(SharedQuestion question) {
        return ask(boot, question);
    }

    private SharedAnswer ask(String speaker, SharedQuestion question) {
        return SharedAnswer.of(Script.QUOTA.run(redis, List.of(question.key()), question.arguments(speaker, nodes())));
    }

    /**
     * All at once, in one round trip.
     *
     * @return an answer for each, in their order
     * @throws JedisException when Redis does not answer
     */
    List<SharedAnswer> tell(List<SharedQuestion> questions) {
        return tell(boot, questions);
    }

    private List<SharedAnswer> tell(String speaker, List<SharedQuestion> questions) {
        var calls = questions.stream()
                .map(question -> new Script.Call(List.of(question.key()), question.arguments(speaker, nodes())))
                .toList();
        return Script.QUOTA.runAll(redis, calls).stream().map(SharedAnswer::of).toList();
    }

    /**
     * A process that has ended, and whose counts are all in the ledger, holds nothing any more.
     *
     * @param used of those accounts as the ledger says now
     */
    void leave(UUID ended, Map<Account, Figure> used) {
        tell(
                ended.toString(),
                used.entrySet().stream()
                        .map(one -> SharedQuestion.leaving(QuotaView.key(one.getKey()), one.getValue()))
                        .toList());
    }

    void probe() {
        redis.ping();
    }
}
