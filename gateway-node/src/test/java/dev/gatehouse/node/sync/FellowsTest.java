package dev.gatehouse.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.node.limit.Share;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where a node stands among those that serve. */
class FellowsTest {

    private final Fellows fellows = new Fellows();

    private Share after(long seconds, String... serving) {
        return fellows.seen(List.of(serving), "b", TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void standsByItsNameOnceAllMustHaveSeenTheSame() {
        assertThat(after(0, "c", "a", "b")).isEqualTo(new Share(3, 2));
        assertThat(after(5, "a", "b", "c")).isEqualTo(new Share(3, 2));
        assertThat(after(6, "b", "a", "c")).isEqualTo(new Share(3, 1));
    }

    @Test
    void standsBehindAllOthersWhileTheyChange() {
        after(0, "a", "b", "c");
        assertThat(after(6, "a", "b", "c")).isEqualTo(new Share(3, 1));
        assertThat(after(8, "b", "c", "d")).isEqualTo(new Share(3, 2));
        assertThat(after(14, "b", "c", "d")).isEqualTo(new Share(3, 0));
        assertThat(after(16, "b", "c")).isEqualTo(new Share(2, 1));
    }

    @Test
    void standsBehindAllOthersWhereItIsNotSeenItself() {
        assertThat(after(0)).isEqualTo(Share.WHOLE);
        after(1, "a", "c");
        assertThat(after(9, "a", "c")).isEqualTo(new Share(2, 1));
    }
}
