package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.model.QuotaGrant;
import dev.gatehouse.db.store.Edit;
import dev.gatehouse.db.store.Publication;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "grant", description = "Grants a consumer more of a quota, for a time.")
final class GrantQuota implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CONSUMER", description = "Who may use more.")
    private String consumer = "";

    @Parameters(index = "1", paramLabel = "QUOTA", description = "Of what.")
    private String quota = "";

    @Parameters(index = "2", paramLabel = "AMOUNT", description = "How much more in each period.")
    private long amount;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "WHEN",
            converter = Expiry.class,
            description = "After a time such as 30d or 12h, or at an instant such as 2030-01-31T12:00:00Z.")
    private Instant until = Instant.EPOCH;

    @Mixin
    private Publishing publishing = new Publishing();

    GrantQuota(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        try (var stores = installation.open()) {
            var consumers = stores.reader().load().snapshot().consumers();
            var holder = consumers.get(consumer);
            if (holder == null) {
                throw Keys.noConsumer(consumer, consumers.keySet());
            }
            var bonuses = new ArrayList<QuotaGrant>();
            holder.bonuses().stream()
                    .filter(bonus -> bonus.holds(Instant.now()))
                    .forEach(bonuses::add);
            bonuses.add(new QuotaGrant(
                    quota, amount, until.truncatedTo(ChronoUnit.SECONDS).toString()));
            var edit = new Edit.Put(consumer, holder.withBonuses(bonuses), Edit.ANY);
            var author = publishing.author("A bonus of " + amount + " on quota " + quota);
            switch (stores.configuration().publish(List.of(edit), author)) {
                case Publication.Published published ->
                    terminal.note("'" + consumer + "' may use " + amount + " more of '" + quota + "' until " + until
                            + ", revision " + published.revision() + ".");
                case Publication.Refused refused -> throw Refused.because(refused);
                case Publication.Conflict conflict -> throw Refused.because(conflict);
                case Publication.Unchanged _ -> throw new IllegalStateException("A new bonus changed nothing");
            }
        }
        return ExitCode.OK;
    }
}
