package dev.gatehouse.deploy.cli;

import dev.gatehouse.db.key.Pepper;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

@Command(
        name = "peppers",
        description = {
            "How many keys each pepper has hashed. One that hashed none can be taken out of GATEHOUSE_KEY_PEPPER.",
            "Which they are: gatehouse keys list --pepper NUMBER. They change it by being rotated."
        })
final class KeyPeppers implements Callable<Integer> {

    private final Installation installation;
    private final Terminal terminal;

    KeyPeppers(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SQLException {
        var peppers = installation.peppers();
        var here = peppers.all().stream().map(Pepper::version).toList();
        try (var stores = installation.open()) {
            var counts = stores.keys().byPepper();
            var versions = new TreeSet<>(counts.keySet());
            versions.addAll(here);
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("PEPPER", "KEYS", "STATE"));
            for (int version : versions) {
                long count = counts.getOrDefault(version, 0L);
                rows.add(List.of(
                        Integer.toString(version),
                        Long.toString(count),
                        !here.contains(version)
                                ? "not in GATEHOUSE_KEY_PEPPER: these keys are refused"
                                : version == peppers.newest().version()
                                        ? "hashes new keys"
                                        : count == 0 ? "can go" : "still needed"));
            }
            Columns.of(rows).forEach(terminal::say);
        }
        return ExitCode.OK;
    }
}
