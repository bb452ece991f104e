package dev.gatehouse.node.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.resilience.RetryBudget;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void allowsOneMoreOnlyWhileTheLastTenSecondsBearIt() {
        var random = new Random(20260801);
        var now = new long[] {Long.MAX_VALUE / 2};
        var budget = new Budget(new RetryBudget(20, 1), () -> now[0]);
        var requests = new int[600];
        var again = new int[600];
        for (int second = 0; second < 600; second++) {
            int load = random.nextInt(random.nextInt(5) == 0 ? 2_000 : 50);
            for (int i = 0; i < load; i++) {
                budget.request();
                requests[second]++;
                if (budget.take()) {
                    again[second]++;
                    int from = Math.max(0, second - 9);
                    long sent = sum(requests, from, second);
                    assertThat(sum(again, from, second) * 100).isLessThanOrEqualTo(Math.max(sent * 20, 10 * 100));
                }
            }
            now[0] += TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(sum(again, 0, 599)).isGreaterThan(sum(requests, 0, 599) / 6);
    }

    @Test
    void allowsNoneWhereNoneIsAllowed() {
        var budget = new Budget(new RetryBudget(0, 0), () -> 0);
        budget.request();
        assertThat(budget.take()).isFalse();
    }

    private static long sum(int[] counts, int from, int to) {
        long sum = 0;
        for (int i = from; i <= to; i++) {
            sum += counts[i];
        }
        return sum;
    }
}
