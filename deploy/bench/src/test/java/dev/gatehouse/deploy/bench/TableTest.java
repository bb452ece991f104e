package dev.gatehouse.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TableTest {

    private final Table table = new Table(Case.PLAIN, options("--rounds", "3"));

    private static Options options(String... arguments) {
        var options = new Options(_ -> 0);
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    /** One second at that rate, the contender at work all the time. */
    private static Round second(long requests) {
        return new Round(requests, 1, 1, 0, 1, 2, 0, 0);
    }

    private static Round withErrors(long requests) {
        return new Round(requests, 1, 1, 0, 1, 2, 7, 0);
    }

    private String printed() {
        return printed(table);
    }

    private static String printed(Table table) {
        var bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
    }

    @Test
    void tellsTheMedianOfTheRounds() {
        table.add("nginx", second(1_000), 10);
        table.add("nginx", second(50_000), 11);
        table.add("nginx", second(20_000), 10);

        assertThat(printed()).contains("nginx 20000 50.0 1.00 2.00 11 100 % 0");
    }

    @Test
    void comparesRoundByRoundSoThatASlowMomentCountsForBoth() {
        for (long others : new long[] {10_000, 20_000, 60_000}) {
            table.add("nginx", second(others), 10);
            table.add("node", second(others / 2), 200);
        }

        assertThat(printed()).contains("node / nginx 0.50 of its requests/s, 0.50 of its requests per CPU second");
    }

    @Test
    void leavesOutARoundWithErrorsAndSaysSo() {
        table.add("nginx", second(20_000), 10);
        table.add("nginx", withErrors(90_000), 10);

        assertThat(printed()).contains("nginx 20000 50.0 1.00 2.00 10 100 % 1 7 answers of 400 and above");
        assertThat(table.valid()).isFalse();
    }

    @Test
    void saysWhenOthersHadTheCore() {
        table.add("nginx", new Round(20_000, 1, 0.6, 0.4, 1, 2, 0, 0), 10);

        assertThat(printed()).contains("60 % 0 disturbed: others had 40 % of the core");
        assertThat(table.valid()).isTrue();
    }

    @Test
    void isNotValidWithoutAContender() {
        table.add("nginx", second(20_000), 10);
        table.skipped("node", "it has ended");

        assertThat(printed()).contains("node skipped: it has ended");
        assertThat(table.valid()).isFalse();
    }

    @Test
    void tellsWhatAFeatureCostsBesideThePlainRelay() {
        var costs = new Table(Case.COSTS, options("--rounds", "1"));
        costs.add("plain", second(20_000), 10);
        costs.add("key", second(18_000), 10);

        assertThat(printed(costs))
                .contains("key / plain 0.90 of its requests/s")
                .doesNotContain("jwt");
    }

    @Test
    void comparesTheOtherNodeAsItIsAsked() {
        var keyed = new Table(Case.KEY, options("--other", "/elsewhere", "--only", "node,other"));
        keyed.add("node", second(20_000), 10);
        keyed.add("other", second(10_000), 10);

        assertThat(printed(keyed))
                .contains("node / other 2.00 of its requests/s")
                .doesNotContain("nginx");
    }

    @Test
    void holdsBothWaysToCountAgainstNginx() {
        var keyed = new Table(Case.KEY, options("--rounds", "1"));
        keyed.add("nginx-lua", second(10_000), 10);
        keyed.add("exact", second(11_000), 10);
        keyed.add("node", second(15_000), 10);

        assertThat(printed(keyed))
                .contains("exact / nginx-lua 1.10 of its requests/s")
                .contains("node / nginx-lua 1.50 of its requests/s")
                .doesNotContain("node / exact");
    }
}
