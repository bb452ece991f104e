package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.quota.Usage;
import dev.gatehouse.db.store.QuotaLedger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Lists what the ledger says is used in the periods that run.")
final class ListQuotas implements Callable<Integer> {

    private static final int MOST = 100_000;

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(paramLabel = "CONSUMER", arity = "0..1", description = "Only what this one has used.")
    private String consumer = "";

    ListQuotas(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            print(new QuotaLedger(stores.database())
                    .current(MOST).stream()
                            .filter(usage -> consumer.isEmpty()
                                    || usage.account().subject().equals("consumer:" + consumer))
                            .toList());
        }
        return ExitCode.OK;
    }

    private void print(List<Usage> usages) {
        if (usages.isEmpty()) {
            terminal.note("Nothing is used of any quota in the periods that run.");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("QUOTA", "SUBJECT", "USED", "AMOUNT", "CARRIED", "UNTIL"));
        usages.forEach(usage -> rows.add(List.of(
                usage.account().quota(),
                usage.account().subject(),
                Long.toString(usage.used()),
                Long.toString(usage.amount()),
                Long.toString(usage.carried()),
                usage.account().period().end().toString())));
        Columns.of(rows).forEach(terminal::say);
    }
}
